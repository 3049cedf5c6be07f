"""Every mutation that changes something leaves its lines in the history: who, by which token, why, when and from where.

Generated from the schema: a mutation that nobody has looked at fails. A line that cannot be written takes its change with it.
"""

from collections.abc import AsyncGenerator, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

import pytest
import pytest_asyncio
from fixtures.cluster import Cluster
from fixtures.operations import MUTATIONS, Scene
from fixtures.surface import Asker, code, services
from fixtures.world import World, build, hashes
from sqlalchemy import text
from structlog.testing import capture_logs

from auth.client import Client
from auth.passwords import Passwords
from auth.principal import Principal
from gql.context import Services
from models.database import Database

pytestmark = pytest.mark.asyncio(loop_scope="module")

SOMEWHERE = Client("203.0.113.9", "a browser", "request-of-this-test")
REASON = "as the test says"
# What is written, where the call of fixtures/operations.py does anything.
LINES = {
    "signUp": ["SIGNED_UP", "WORKSPACE_CREATED"],
    "signOut": ["SIGNED_OUT"],
    "updateProfile": ["PROFILE_UPDATED"],
    "revokeSession": ["SESSION_REVOKED"],
    "createResetLink": ["RESET_LINK_MADE"],
    "setUserDisabled": ["USER_DISABLED"],
    "createWorkspace": ["WORKSPACE_CREATED"],
    "renameWorkspace": ["WORKSPACE_RENAMED"],
    "deleteWorkspace": ["WORKSPACE_DELETED"],
    "inviteMember": ["MEMBER_INVITED"],
    "acceptInvitation": ["INVITATION_ACCEPTED"],
    "revokeInvitation": ["INVITATION_REVOKED"],
    "setMemberRole": ["MEMBER_ROLE_SET"],
    "removeMember": ["MEMBER_REMOVED"],
    "createApiToken": ["TOKEN_CREATED"],
    "revokeApiToken": ["TOKEN_REVOKED"],
    "createTask": ["CREATED"],
    "updateTask": ["EDITED"],
    "deleteTask": ["DELETED"],
    "runTask": ["RUN"],
    "pauseTask": ["PAUSE"],
    "resumeTask": ["RESUME"],
    "cancelTask": ["CANCEL"],
    "transitionTasks": ["RUN"],
    "deleteTasks": ["DELETED"],
    "createTasks": ["CREATED"],
}
# With the values of fixtures/operations.py these are refused and change nothing but counters: see tests/auth for what they write.
WITHOUT = {"signIn", "signInWithIdToken", "refreshSession", "changePassword", "requestPasswordReset", "resetPassword"}
ACTOR = {
    "signUp": "nobody",
    "acceptInvitation": "outsider",
    **dict.fromkeys(("createResetLink", "setUserDisabled"), "instance admin"),
}
PERSONS = ("signOut", "updateProfile", "revokeSession", "createWorkspace")
PROGRAMS = [name for name in LINES if name not in (*ACTOR, *PERSONS)]
CASES = [(name, ACTOR.get(name, "ADMIN")) for name in LINES] + [(name, "token ADMIN") for name in PROGRAMS]
AFTER = text("select * from events where not (id = any(:before)) order by at, id")
WITH_REASON = ("deleteTask", "deleteTasks", "runTask", "pauseTask", "resumeTask", "cancelTask", "transitionTasks")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def stage(cluster: Cluster, passwords: Passwords) -> AsyncGenerator[Services]:
    async with cluster.clone() as url:
        db = Database(url, size=10, timeout=30)
        made = services(db, passwords)
        yield made
        await made.watchers.close()
        await db.close()


async def written(db: Database, before: list[UUID]) -> list[dict[str, Any]]:
    """The lines that were not there before, in their order."""
    async with db.one() as connection:
        return [dict(row) for row in (await connection.execute(AFTER, {"before": before})).mappings()]


def reasoned(name: str, document: str) -> str:
    """The call with a reason, where it takes one."""
    return document.replace(f"{name}(", f'{name}(reason: "{REASON}", ', 1) if name in WITH_REASON else document


@pytest.mark.parametrize(("name", "actor"), CASES)
async def test_a_change_leaves_its_lines_with_who_by_what_why_when_and_from_where(
    name: str, actor: str, stage: Services
) -> None:
    world = await build(stage, actor, "token ADMIN")
    scene = Scene(stage, world, world.people[actor], own=name == "revokeSession")
    variables = await MUTATIONS[name].variables(scene)
    before = [line["id"] for line in await written(stage.db, [])]
    answer = await Asker(stage, SOMEWHERE)(reasoned(name, MUTATIONS[name].document), variables, as_=_from(scene))
    assert "errors" not in answer, answer
    lines = await written(stage.db, before)
    assert [line["action"] for line in lines] == LINES[name]
    for line in lines:
        _is_whole(line, name, actor, world)


def _from(scene: Scene) -> Principal | None:
    """The actor as authentication makes it for a request from there."""
    if scene.actor is None:
        return None
    authority = replace(scene.actor.authority, address=SOMEWHERE.address, request_id=SOMEWHERE.request_id)
    return replace(scene.actor, authority=authority)


def _is_whole(line: dict[str, Any], name: str, actor: str, world: World) -> None:
    who = world.people[actor]
    assert line["actor_id"] is not None  # whoever signs up is there from then on
    assert who is None or line["actor_id"] == who.user.id
    assert line["via"] == ("robot" if actor == "token ADMIN" else None)
    assert line["reason"] == (REASON if name in WITH_REASON else None)
    assert (line["address"], line["request_id"]) == (SOMEWHERE.address, SOMEWHERE.request_id)
    assert isinstance(line["at"], datetime)
    about = [line[column] for column in ("workspace_id", "task_id", "subject_id", "detail") if line[column] is not None]
    assert about, "a line that is about nothing"


REFUSE = (
    "create function refuse() returns trigger language plpgsql as $$ begin raise exception 'no line'; end $$",
    "create trigger refuse before insert on events for each row execute function refuse()",
)
ALLOW = ("drop trigger refuse on events", "drop function refuse()")


@pytest.mark.parametrize("name", LINES)
async def test_a_change_whose_line_cannot_be_written_is_not_made(name: str, stage: Services) -> None:
    actor = ACTOR.get(name, "ADMIN")
    world = await build(stage, actor, "token ADMIN")
    scene = Scene(stage, world, world.people[actor], own=name == "revokeSession")
    variables, before = await MUTATIONS[name].variables(scene), await hashes(stage.db)
    await _do(stage.db, REFUSE)
    try:
        with capture_logs():  # a trace for each is slow to be written
            answer = await Asker(stage, SOMEWHERE)(MUTATIONS[name].document, variables, as_=scene.actor)
    finally:
        await _do(stage.db, ALLOW)
    assert code(answer) == "INTERNAL"
    assert await hashes(stage.db) == before


async def _do(db: Database, statements: Sequence[str]) -> None:
    async with db.one() as connection:
        for statement in statements:
            await connection.execute(text(statement))


async def test_what_is_refused_leaves_nothing_behind_but_counters(stage: Services) -> None:
    world = await build(stage, "VIEWER")
    before, lines = await hashes(stage.db), await written(stage.db, [])
    for name in sorted(WITHOUT - {"requestPasswordReset"}):
        scene = Scene(stage, world, world["VIEWER"], own=True)
        variables = await MUTATIONS[name].variables(scene)
        answer = await Asker(stage, SOMEWHERE)(MUTATIONS[name].document, variables, as_=scene.actor)
        assert "errors" in answer, name
    assert (await hashes(stage.db), await written(stage.db, [])) == (before, lines)


async def test_every_mutation_is_looked_at() -> None:
    assert sorted([*LINES, *WITHOUT]) == sorted(MUTATIONS)
