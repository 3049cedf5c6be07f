"""What looks like SQL is text: in every argument of every operation that takes text, alone and within inputs and filters."""

import unicodedata
from collections.abc import Mapping
from typing import Any

import pytest
from fixtures.operations import MUTATIONS, Scene
from fixtures.surface import Asker, code
from fixtures.world import World, build
from graphql import (
    GraphQLEnumType,
    GraphQLField,
    GraphQLInputObjectType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    get_named_type,
    is_leaf_type,
)
from sqlalchemy import text
from structlog.testing import capture_logs

from auth import passwords
from gql.context import Services
from gql.execution import core
from gql.ids import NodeType, encode
from gql.schema import schema
from models.database import Database

SERVED = core(schema)
HOSTILE = (
    "'",
    "'; drop table tasks cascade; --",
    "x' or '1'='1",
    "$$; select pg_sleep(9); $$",
    "\\'; --",
    "%' or 1=1 --",
    ":title %s %(x)s {0} $1 ?",
)
KNOWN = {"Boolean": True, "Int": 1, "DateTime": "2126-01-01T00:00:00Z", "Float": 1.0}
# What would end the asker or the place; the fields of their inputs are text of the same kinds.
SKIPPED = {"signOut", "deleteWorkspace", "revokeSession", "removeMember", "setMemberRole", "setUserDisabled"}
LISTS = """query ($w: ID!, $s: String!, $id: ID!, $f: TaskFilter, $e: EventFilter) {
  node(id: $w) { ... on Workspace {
    tasks(first: 5, filter: $f) { nodes { id } totalCount } events(first: 5, filter: $e) { nodes { id } }
    after: tasks(first: 5, after: $s) { nodes { id } } since: changes(since: $s) { hasMore } } }
  workspace(slug: $s) { id } task(id: $id) { id } }"""


def value(kind: Any, hostile: str, ids: Mapping[str, str], name: str = "") -> Any:
    """Something for an argument or a field of an input: hostile wherever it takes text."""
    if isinstance(kind, GraphQLNonNull):
        return value(kind.of_type, hostile, ids, name)
    if isinstance(kind, GraphQLList):
        return [value(kind.of_type, hostile, ids, name)]
    if isinstance(kind, GraphQLEnumType):
        return next(iter(kind.values))
    if isinstance(kind, GraphQLInputObjectType):
        return {field: value(one.type, hostile, ids, field) for field, one in kind.fields.items() if field != "ids"}
    if kind.name == "ID":
        return ids.get(name, hostile)
    return {"note": hostile} if kind.name == "JSON" else KNOWN.get(kind.name, hostile)


def call(name: str, field: GraphQLField, hostile: str, ids: Mapping[str, str]) -> tuple[str, dict[str, Any]]:
    """A mutation with all its arguments, as a document and variables."""
    variables = {argument: value(one.type, hostile, ids, argument) for argument, one in field.args.items()}
    given = ", ".join(f"${argument}: {one.type}" for argument, one in field.args.items())
    passed = ", ".join(f"{argument}: ${argument}" for argument in field.args)
    selected = "" if is_leaf_type(get_named_type(field.type)) else " { __typename }"
    return f"mutation ({given}) {{ {name}({passed}){selected} }}", variables


async def tables(db: Database) -> tuple[int, int]:
    """How many tables there are, and people."""
    counted = "select (select count(*) from pg_tables where schemaname = 'public'), (select count(*) from users)"
    async with db.one() as connection:
        row = (await connection.execute(text(counted))).one()
        return row[0], row[1]


async def ids_of(surface: Services, world: World) -> dict[str, str]:
    task = await MUTATIONS["updateTask"].variables(Scene(surface, world, None, own=False))
    user = encode(NodeType.USER, world["ADMIN"].user.id)
    return {"id": task["id"], "workspaceId": world.ids["workspace"], "userId": user}


@pytest.mark.parametrize("hostile", HOSTILE)
async def test_what_looks_like_sql_changes_no_statement(hostile: str, surface: Services, db: Database) -> None:
    world = await build(surface, "ADMIN", "instance admin")
    ids, before = await ids_of(surface, world), await tables(db)
    kind = SERVED.mutation_type
    assert isinstance(kind, GraphQLObjectType)
    told: dict[str, str] = {}
    with capture_logs() as lines:
        for name, field in kind.fields.items():
            if name not in SKIPPED:
                document, variables = call(name, field, hostile, ids)
                told[name] = code(await Asker(surface)(document, variables, as_=world["ADMIN"]))
        filters = {
            name: value(SERVED.type_map[of], hostile, {}) for name, of in (("f", "TaskFilter"), ("e", "EventFilter"))
        }
        for chosen in ({"f": {"search": hostile}}, {"f": {"labels": [hostile]}}, {"f": {"kind": [hostile]}}, filters):
            told[str(chosen)] = code(
                await Asker(surface)(
                    LISTS, {"w": ids["workspaceId"], "s": hostile, "id": hostile} | chosen, world["ADMIN"]
                )
            )
        users = "query ($s: String) { users(first: 5, search: $s) { nodes { id } } }"
        told["users"] = code(await Asker(surface)(users, {"s": hostile}, world["instance admin"]))
    assert "INTERNAL" not in told.values(), told
    assert [line for line in lines if line["log_level"] == "error"] == []
    assert await tables(db) == before
    assert told["users"] == "OK"


@pytest.mark.parametrize("hostile", HOSTILE)
async def test_it_is_kept_found_and_given_back_as_it_was_sent(hostile: str, surface: Services) -> None:
    world = await build(surface, "ADMIN")
    create = """mutation ($w: ID!, $t: String!) { createTask(workspaceId: $w, input: {title: $t, description: $t, labels: [$t],
        durationMs: 1000}) { task { id title description labels } } }"""
    where = {"w": world.ids["workspace"], "t": hostile}
    made = (await Asker(surface)(create, where, world["ADMIN"]))["data"]["createTask"]["task"]
    assert (made["title"], made["description"], made["labels"]) == (hostile, hostile, [hostile])
    find = """query ($w: ID!, $t: String!) { node(id: $w) { ... on Workspace {
        a: tasks(first: 5, filter: {search: $t}) { nodes { id } }
        b: tasks(first: 5, filter: {labels: [$t]}) { nodes { id } } } } }"""
    found = (await Asker(surface)(find, where, world["ADMIN"]))["data"]["node"]
    assert [row["id"] for row in found["b"]["nodes"]] == [made["id"]]
    assert made["id"] in [row["id"] for row in found["a"]["nodes"]]


async def test_no_long_text_is_put_into_the_order_of_unicode(
    surface: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It takes Python the square of how many marks there are: 256 kB of them held a process for 25 s."""
    world, lengths, normalize = await build(surface, "ADMIN"), list[int](), unicodedata.normalize
    monkeypatch.setattr(
        unicodedata, "normalize", lambda form, given: lengths.append(len(given)) or normalize(form, given)
    )
    ids, long = await ids_of(surface, world), "a" + "\u0301\u0323" * 50_000
    kind = SERVED.mutation_type
    assert isinstance(kind, GraphQLObjectType)
    told: dict[str, str] = {}
    for name, field in kind.fields.items():
        if name not in SKIPPED:
            document, variables = call(name, field, long, ids)
            told[name] = code(await Asker(surface)(document, variables, as_=world["ADMIN"]))
            told[f"{name} by nobody"] = code(await Asker(surface)(document, variables, as_=None))
    assert [told[name] for name in ("signUp", "signIn", "updateProfile")] == [
        "INVALID_INPUT",
        "UNAUTHENTICATED",
        "INVALID_INPUT",
    ]
    assert len(lengths) > 10
    assert max(lengths) <= 4 * passwords.LONGEST + 4, told
