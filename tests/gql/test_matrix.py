"""Every root field × everyone: allowed, or just the code that the table of guards.py implies; and a denial changes nothing."""

from collections.abc import AsyncGenerator
from itertools import count

import pytest
import pytest_asyncio
from fixtures.cluster import Cluster
from fixtures.operations import MUTATIONS, QUERIES, Operation, Scene
from fixtures.surface import Asker, services
from fixtures.world import ACTORS, OVER, TOKENS, World, build
from sqlalchemy import text

from auth.passwords import Passwords
from auth.principal import Client
from gql.context import Services
from gql.guards import ROOTS, Who
from models.database import Database
from models.role import Role
from models.tables import metadata

pytestmark = pytest.mark.asyncio(loop_scope="module")

_NETWORKS = count(1)  # attempts are counted by network: each case has one of its own
NEEDED = {Who.VIEWER: Role.VIEWER, Who.OPERATOR: Role.OPERATOR, Who.EDITOR: Role.EDITOR, Who.ADMIN: Role.ADMIN}
# For anyone, or about oneself, but with values that are not right: what comes back is about them.
ANSWERS = {
    "signIn": "UNAUTHENTICATED",
    "signInWithIdToken": "NOT_FOUND",
    "refreshSession": "UNAUTHENTICATED",
    "resetPassword": "NOT_FOUND",
    "changePassword": "INVALID_INPUT",
}
# What the table is too coarse for.
FINER = {
    **{("signOut", actor): "FORBIDDEN" for actor in ACTORS if "token" in actor},  # its session is nobody's
    **{
        (name, f"token {role}"): "FORBIDDEN ADMIN"  # tokens do not multiply
        for name in ("createApiToken", "revokeApiToken")
        for role in list(Role)[:3]
    },
    **{("acceptInvitation", role.value): "CONFLICT" for role in Role},  # a member already
    ("revokeSession", "signed out"): "NOT_FOUND",  # it has ended already
    ("revokeSession", "disabled"): "OK",
}
CASES = [
    (name, own)
    for name, who in ROOTS["Mutation"].items()
    for own in ((True, False) if who in (Who.OWN, Who.TOKENS) else (True,))
]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def stage(cluster: Cluster, passwords: Passwords) -> AsyncGenerator[Services]:
    """One database for all cases; each has a world of its own in it."""
    async with cluster.clone() as url:
        db = Database(url, size=10, timeout=30)
        made = services(db, passwords)
        yield made
        await made.watchers.close()
        await db.close()


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def quiet(stage: Services) -> World:
    """The world of all denials: they change nothing in it."""
    return await build(stage)


def expected(name: str, actor: str, own: bool) -> str:
    """What the table says: OK, or a code with the role that is needed."""
    who = ROOTS["Query" if name in ROOTS["Query"] else "Mutation"][name]
    if (name, actor) in FINER:
        return FINER[name, actor]
    if who is Who.ANYONE:
        return ANSWERS.get(name, "OK")
    if actor == "nobody":
        return "UNAUTHENTICATED"
    if who in (Who.PERSON, Who.INSTANCE_ADMIN) and "token" in actor:
        return "FORBIDDEN"
    if who is Who.INSTANCE_ADMIN:
        return "OK" if actor == "instance admin" else "FORBIDDEN"
    if who is Who.PERSON and actor in ("disabled", "signed out"):
        return "UNAUTHENTICATED"
    if who in (Who.PERSON, Who.SIGNED_IN):
        return ANSWERS.get(name, "OK")
    if actor in ("outsider", "instance admin", *OVER):
        return "NOT_FOUND"
    role = Role(actor.removeprefix("token "))
    if who is Who.OWN:
        needed = Role.EDITOR if own and role is Role.EDITOR else Role.ADMIN
    elif who is Who.TOKENS:
        needed = Role.VIEWER if own else Role.ADMIN
    else:
        needed = NEEDED[who]
    return "OK" if role.holds(needed) else f"FORBIDDEN {needed}"


async def hashes(db: Database) -> dict[str, str]:
    """A fingerprint of each table, but for what keeps count of attempts."""
    tables = [name for name in metadata.tables if name not in ("lockouts", "idempotency_keys")]
    parts = [
        f"select '{name}', md5(coalesce(string_agg(cast(t as text), ',' order by cast(t as text)), '')) from {name} t"
        for name in tables
    ]
    async with db.one() as connection:
        return {row[0]: row[1] for row in await connection.execute(text(" union all ".join(parts)))}


def told(answer: dict[str, object]) -> str:
    """The code of an answer, with the role that it asks for."""
    errors = answer.get("errors")
    if not isinstance(errors, list):
        return "OK"
    extensions = errors[0]["extensions"]
    needed = extensions.get("requiredRole")
    return f"{extensions['code']} {needed}" if needed else extensions["code"]


async def ask(stage: Services, world: World, actor: str, operation: Operation, own: bool) -> str:
    """What someone is told. A denial must have changed nothing."""
    scene = Scene(stage, world, world.people[actor], own)
    variables = await operation.variables(scene)
    before = await hashes(stage.db) if world.whole else {}
    somewhere = Client(f"2001:db8:0:{next(_NETWORKS):x}::1")
    found = told(await Asker(stage, somewhere)(operation.document, variables, as_=scene.actor))
    if world.whole:
        assert await hashes(stage.db) == before, f"{actor} was told {found}, and something changed"
    return found


@pytest.mark.parametrize(("name", "own"), CASES, ids=[f"{name}-{'own' if own else 'other'}" for name, own in CASES])
async def test_a_mutation_is_for_whom_the_table_says_and_a_denial_changes_nothing(
    name: str, own: bool, stage: Services, quiet: World
) -> None:
    answers = {actor: expected(name, actor, own) for actor in ACTORS}
    found: dict[str, str] = {}
    for actor, answer in answers.items():
        world = await build(stage, actor) if answer == "OK" else quiet
        found[actor] = await ask(stage, world, actor, MUTATIONS[name], own)
    assert found == answers


IN = ("VIEWER", "OPERATOR", "EDITOR", "ADMIN", *TOKENS)
FOUND: dict[str, tuple[str, ...]] = dict.fromkeys(("node", "nodes", "workspace", "task"), IN)


@pytest.mark.parametrize("name", list(QUERIES))
async def test_a_query_finds_what_one_may_see_and_is_null_or_an_error_otherwise(
    name: str, stage: Services, quiet: World
) -> None:
    found: dict[str, str] = {}
    for actor in ACTORS:
        scene = Scene(stage, quiet, quiet.people[actor], own=False)
        variables = await QUERIES[name].variables(scene)
        answer = await Asker(stage)(QUERIES[name].document, variables, as_=scene.actor)
        data = (answer["data"] or {}).get(name)
        empty = data is None or data == [None]
        found[actor] = told(answer) if "errors" in answer else "null" if empty else "OK"
    nobody = {"viewer": "null"}
    assert found == {
        actor: nobody.get(name, expected(name, actor, own=False))
        if actor == "nobody"
        else expected(name, actor, own=False)
        if actor in FOUND.get(name, ACTORS)
        else "null"
        for actor in ACTORS
    }


FIELDS: dict[str, tuple[str, dict[str, str]]] = {
    "members of a workspace": ("{ workspace(slug: $slug) { members { user { id } role } } }", {}),
    "its history": ("{ workspace(slug: $slug) { events { nodes { id } } } }", {}),
    "its counts": ("{ workspace(slug: $slug) { counts { count } } }", {}),
    "its kinds": ("{ workspace(slug: $slug) { kinds { name } } }", {}),
    "its API tokens": ("{ workspace(slug: $slug) { apiTokens { id } } }", {}),
    "its invitations": (
        "{ workspace(slug: $slug) { invitations { id } } }",
        {actor: "FORBIDDEN ADMIN" for actor in IN if "ADMIN" not in actor},
    ),
    "the addresses of its members": (
        "{ workspace(slug: $slug) { members { user { email } } } }",
        {actor: "FORBIDDEN ADMIN" for actor in IN if "ADMIN" not in actor},
    ),
}


@pytest.mark.parametrize("field", list(FIELDS))
async def test_what_a_workspace_holds_is_for_its_members_and_some_of_it_for_its_admins(
    field: str, stage: Services, quiet: World
) -> None:
    document, denied = FIELDS[field]
    found: dict[str, str] = {}
    for actor in ACTORS:
        answer = await Asker(stage)(f"query ($slug: String!) {document}", {"slug": quiet.slug}, as_=quiet.people[actor])
        found[actor] = told(answer) if "errors" in answer else "OK" if answer["data"]["workspace"] else "null"
    others = {actor: "UNAUTHENTICATED" if actor == "nobody" else "null" for actor in ACTORS if actor not in IN}
    assert found == {actor: denied.get(actor, "OK") for actor in IN} | others


@pytest.mark.parametrize("field", ["email", "workspaces { role }", "sessions { id }"])
async def test_what_is_ones_own_is_told_to_nobody_else(field: str, stage: Services, quiet: World) -> None:
    document = f"query ($id: ID!) {{ node(id: $id) {{ ... on User {{ id {field} }} }} }}"
    about = Scene(stage, quiet, None, own=False).user("bystander")
    found = {
        actor: told(await Asker(stage)(document, {"id": about}, as_=quiet[actor]))
        for actor in ("bystander", "VIEWER", "ADMIN", "token ADMIN", "token EDITOR", "instance admin", "outsider")
    }
    by_address = field == "email"
    assert found == {
        "bystander": "OK",
        "VIEWER": "FORBIDDEN ADMIN" if by_address else "FORBIDDEN",
        "ADMIN": "OK" if by_address else "FORBIDDEN",
        "token ADMIN": "OK" if by_address else "FORBIDDEN",
        "token EDITOR": "FORBIDDEN ADMIN" if by_address else "FORBIDDEN",
        "instance admin": "OK" if by_address else "FORBIDDEN",
        "outsider": "OK",  # null: for them there is no such person
    }


async def test_every_root_field_is_in_the_matrix() -> None:
    assert sorted(QUERIES) == sorted(ROOTS["Query"])
    assert sorted(MUTATIONS) == sorted(ROOTS["Mutation"])
