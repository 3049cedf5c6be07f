"""Every root field × everyone × {own, another's, another workspace's, missing}: allowed, or just the code that the tables imply.

A denial changes nothing, whatever it was about. The fields of what is found are in test_field_matrix.py; the model is
tests/fixtures/rights.py.
"""

from collections.abc import AsyncGenerator
from dataclasses import dataclass
from itertools import count

import pytest
import pytest_asyncio
from fixtures.cluster import Cluster
from fixtures.operations import MUTATIONS, QUERIES, Operation, Scene, Variables, never_given
from fixtures.places import PAYLOADS, given_by, whole
from fixtures.rights import HERE, Relation, is_token, mutation, relations
from fixtures.surface import Asker, services
from fixtures.world import ACTORS, TOKENS, World, build, hashes

from auth.client import Client
from auth.passwords import Passwords
from gql.context import Services
from gql.guards import ROOTS, Who
from models.database import Database
from models.role import Role

pytestmark = pytest.mark.asyncio(loop_scope="module")

_NETWORKS = count(1)  # attempts are counted by network: each case has one of its own


@dataclass(frozen=True)
class Stage:
    """One database, with the worlds of all denials: they change nothing in them."""

    services: Services
    quiet: World
    elsewhere: World


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def stage(cluster: Cluster, passwords: Passwords) -> AsyncGenerator[Stage]:
    async with cluster.clone() as url:
        db = Database(url, size=10, timeout=30)
        made = services(db, passwords)
        yield Stage(made, await build(made), await build(made, "ADMIN"))
        await made.watchers.close()
        await db.close()


def data(answer: dict[str, object]) -> list[object]:
    """What the root fields of an answer hold."""
    found = answer["data"]
    return list(found.values()) if isinstance(found, dict) else []


def outcomes(value: object) -> list[dict[str, str | None]]:
    """What came of each of many tasks, where it is that."""
    return value.get("outcomes", []) if isinstance(value, dict) else []


def told_of_one(outcome: dict[str, str | None]) -> str:
    """The code of one of many, with the role that its sentence ends with."""
    code, message = outcome["code"], outcome["message"]
    return f"{code} {message.rstrip('.').split()[-1]}" if code and message else "OK"


def told(answer: dict[str, object]) -> str:
    """The code of an answer, with the role that it asks for."""
    errors = answer.get("errors")
    if not isinstance(errors, list):
        return next((told_of_one(row) for value in data(answer) for row in outcomes(value)), "OK")
    extensions = errors[0]["extensions"]
    needed = extensions.get("requiredRole")
    return f"{extensions['code']} {needed}" if needed else extensions["code"]


async def about(stage: Stage, world: World, operation: Operation, actor: str, relation: Relation) -> Variables:
    """The variables of a call of someone about a thing."""
    if relation in HERE:
        return await operation.variables(Scene(stage.services, world, world.people[actor], relation is Relation.OWN))
    found = await operation.variables(Scene(stage.services, stage.elsewhere, None, own=False))
    return found if relation is Relation.ELSEWHERE else {name: never_given(value) for name, value in found.items()}


async def ask(stage: Stage, world: World, document: str, variables: Variables, actor: str) -> str:
    """What someone is told."""
    somewhere = Client(f"2001:db8:0:{next(_NETWORKS):x}::1")
    return told(await Asker(stage.services, somewhere)(document, variables, as_=world.people[actor]))


CASES = [(name, relation) for name in ROOTS["Mutation"] for relation in relations(name)]


@pytest.mark.parametrize(("name", "relation"), CASES)
async def test_a_mutation_is_for_whom_the_tables_say_and_a_denial_changes_nothing(
    name: str, relation: Relation, stage: Stage
) -> None:
    operation, answers = MUTATIONS[name], {actor: mutation(name, actor, relation) for actor in ACTORS}
    denied = [actor for actor in ACTORS if answers[actor] != "OK"]
    given = {actor: await about(stage, stage.quiet, operation, actor, relation) for actor in denied}
    document, before = whole(operation.document), await hashes(stage.services.db)
    found = {actor: await ask(stage, stage.quiet, document, given[actor], actor) for actor in denied}
    assert await hashes(stage.services.db) == before, f"one of {denied} was told {found}, and something changed"
    for actor in [one for one in ACTORS if one not in denied]:
        world = await build(stage.services, actor, "token ADMIN")  # whose maker is an admin too: nobody is the last
        found[actor] = await ask(stage, world, document, await about(stage, world, operation, actor, relation), actor)
    assert found == answers


IN = tuple(role.value for role in Role) + TOKENS
FOUND: dict[str, tuple[str, ...]] = dict.fromkeys(("node", "nodes", "workspace", "task"), IN)


def read(name: str, actor: str, relation: Relation) -> str:
    """What a field of Query tells someone."""
    who = ROOTS["Query"][name]
    if actor == "nobody":
        return {"viewer": "null", "signInOptions": "OK"}.get(name, "UNAUTHENTICATED")
    if who is Who.INSTANCE_ADMIN:
        return "OK" if actor == "instance admin" else "FORBIDDEN"
    if name == "apiToken":
        return "OK" if is_token(actor) else "null"
    return "OK" if actor in FOUND.get(name, ACTORS) and relation in HERE else "null"


QUESTIONS = [(name, relation) for name in QUERIES for relation in (Relation if name in FOUND else (Relation.OWN,))]


@pytest.mark.parametrize(("name", "relation"), QUESTIONS)
async def test_a_query_finds_what_one_may_see_and_is_null_or_an_error_otherwise(
    name: str, relation: Relation, stage: Stage
) -> None:
    found: dict[str, str] = {}
    for actor in ACTORS:
        variables = await about(stage, stage.quiet, QUERIES[name], actor, relation)
        answer = await Asker(stage.services)(QUERIES[name].document, variables, as_=stage.quiet.people[actor])
        data = (answer["data"] or {}).get(name)
        found[actor] = told(answer) if "errors" in answer else "null" if data is None or data == [None] else "OK"
    assert found == {actor: read(name, actor, relation) for actor in ACTORS}


FIELDS: dict[str, tuple[str, dict[str, str]]] = {
    "its API tokens": ("{ workspace(slug: $slug) { apiTokens { id } } }", {}),
    "the addresses of its members": (
        "{ workspace(slug: $slug) { members { user { email } } } }",
        {actor: "FORBIDDEN ADMIN" for actor in IN if "ADMIN" not in actor},
    ),
}


@pytest.mark.parametrize("field", list(FIELDS))
async def test_what_a_workspace_holds_is_for_its_members_and_some_of_it_for_its_admins(
    field: str, stage: Stage
) -> None:
    (document, denied), quiet = FIELDS[field], stage.quiet
    found: dict[str, str] = {}
    for actor in ACTORS:
        asker = Asker(stage.services)
        answer = await asker(f"query ($slug: String!) {document}", {"slug": quiet.slug}, as_=quiet.people[actor])
        found[actor] = told(answer) if "errors" in answer else "OK" if answer["data"]["workspace"] else "null"
    others = {actor: "UNAUTHENTICATED" if actor == "nobody" else "null" for actor in ACTORS if actor not in IN}
    assert found == {actor: denied.get(actor, "OK") for actor in IN} | others


async def test_every_root_field_and_all_that_mutations_give_back_is_in_the_matrix() -> None:
    assert sorted(QUERIES) == sorted(ROOTS["Query"])
    assert sorted(MUTATIONS) == sorted(ROOTS["Mutation"])
    given = " ".join(whole(operation.document) for operation in MUTATIONS.values())
    assert {given_by(name) for name in MUTATIONS} | {"BulkOutcome"} >= set(PAYLOADS)
    assert "outcomes { taskId title changed status code message }" in given
    print(f"{len(ACTORS) * (len(CASES) + len(QUESTIONS))} cells")  # pytest -rP tells it
