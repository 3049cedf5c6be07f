"""The second line through the whole application: FERMATA_ROW_GUARD=on, with the first line there, and with it taken away.

The first line is `effective_role`, by which every statement asks who may. Here it answers ADMIN to anybody about everything.
"""

from collections.abc import AsyncGenerator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from fixtures.app import Api, serving
from fixtures.operations import MUTATIONS, QUERIES, Scene
from fixtures.people import everything
from fixtures.surface import code
from fixtures.world import build
from sqlalchemy import text
from structlog.testing import capture_logs

from gql.context import Services
from gql.guards import ROOTS
from models.database import Database

ANYBODY = """
    create or replace function effective_role(workspace uuid, person uuid, session uuid, token uuid)
    returns table (role role) language sql stable as $$ select cast('ADMIN' as role) $$
"""
# By what a mutation is held. Tasks: statements of the role that PostgreSQL keeps to the asker's workspaces.
TASKS = ("createTask", "createTasks", "updateTask", "deleteTask", "runTask", "pauseTask", "resumeTask", "cancelTask")
GUARDED = (*TASKS, "transitionTasks", "deleteTasks")
# Workspaces and their members: statements of the owner, as decision 0003 says, for they read what is nobody's yet.
BY_OWNER = (
    *("createWorkspace", "renameWorkspace", "deleteWorkspace", "inviteMember", "acceptInvitation", "revokeInvitation"),
    *("setMemberRole", "removeMember", "createApiToken", "revokeApiToken"),
)
# Accounts: about oneself, or for admins of the installation.
ACCOUNTS = (
    *("signUp", "signIn", "signInWithIdToken", "refreshSession", "signOut", "changePassword", "requestPasswordReset"),
    *("resetPassword", "updateProfile", "revokeSession", "createResetLink", "setUserDisabled"),
)
REFUSED = dict.fromkeys(GUARDED, "NOT_FOUND") | {"createTask": "INTERNAL", "createTasks": "INTERNAL"}  # PostgreSQL's no
LOOKS = ("node", "nodes", "workspace", "task")
LIFE = """query ($slug: String!, $since: String!) { workspace(slug: $slug) { counts { status count }
    tasks(first: 10) { totalCount nodes { title status } } events(first: 50) { nodes { action } }
    changes(since: $since) { tasks { title } deletedIds } } }"""


@dataclass
class Stage:
    """A workspace that is somebody else's, and eve, who is signed in and a member of her own alone."""

    services: Services
    scene: Scene
    eve: Api

    @property
    def db(self) -> Database:
        """The owner's connections."""
        return self.services.db

    async def asks(self, document: str, variables: Mapping[str, Any]) -> tuple[dict[str, Any], bool]:
        """What eve is told, and whether anything was changed by it."""
        before = await self.state()
        with capture_logs():  # PostgreSQL's refusal is a fault of ours to the application, with a long trace
            answer = (await self.eve.post(document, variables)).json()
        return answer, await self.state() != before

    async def state(self) -> dict[str, int]:
        """A hash of every table, but for when sessions were last used."""
        return {name: found for name, found in (await everything(self.db)).items() if name != "sessions"}

    async def take_the_first_line_away(self) -> None:
        """From now on every statement takes everybody for an ADMIN."""
        async with self.db.one() as connection:
            await connection.execute(text(ANYBODY))


@pytest_asyncio.fixture(params=["on", "off"])
async def stage(
    request: pytest.FixtureRequest, surface: Services, database_url: str, tmp_path: Path
) -> AsyncGenerator[Stage]:
    """With the row guard on, and off."""
    world = await build(surface, "VIEWER")
    async with serving(database_url, tmp_path, row_guard=request.param) as eve:
        await eve.sign_up("eve")
        yield Stage(surface, Scene(surface, world, None, own=False), eve)


def on(request: pytest.FixtureRequest) -> bool:
    return request.node.callspec.params["stage"] == "on"


@pytest.mark.every_postgres
async def test_without_the_first_line_nothing_of_anothers_workspace_is_found(
    stage: Stage, request: pytest.FixtureRequest
) -> None:
    asked = {name: await QUERIES[name].variables(stage.scene) for name in LOOKS}
    await stage.take_the_first_line_away()
    found: dict[str, Any] = {}
    for name in LOOKS:
        answer, changed = await stage.asks(QUERIES[name].document, asked[name])
        assert not changed
        assert "errors" not in answer
        found[name] = answer["data"][name] not in (None, [None])
    assert found == dict.fromkeys(LOOKS, not on(request))


@pytest.mark.every_postgres
async def test_without_the_first_line_nothing_of_anothers_workspace_is_changed(
    stage: Stage, request: pytest.FixtureRequest
) -> None:
    asked = {name: await MUTATIONS[name].variables(stage.scene) for name in GUARDED}
    await stage.take_the_first_line_away()
    found: dict[str, tuple[str, bool]] = {}
    for name in GUARDED:
        answer, changed = await stage.asks(MUTATIONS[name].document, asked[name])
        found[name] = code(answer), changed
    allowed = dict.fromkeys(GUARDED, ("OK", True))
    assert found == ({name: (told, False) for name, told in REFUSED.items()} if on(request) else allowed)


@pytest.mark.every_postgres
async def test_without_the_first_line_nobody_else_is_found_by_their_ids(
    stage: Stage, request: pytest.FixtureRequest
) -> None:
    ids = [(await stage.scene.invitation())[0], await stage.scene.api_token()]
    await stage.take_the_first_line_away()
    answer, _ = await stage.asks("query ($ids: [ID!]!) { nodes(ids: $ids) { id } }", {"ids": ids})
    assert answer == {"data": {"nodes": [None, None] if on(request) else [{"id": id} for id in ids]}}


@pytest.mark.every_postgres
async def test_the_life_of_a_team_is_the_same_behind_the_second_line(stage: Stage) -> None:
    workspace = (await stage.eve.ask("{ viewer { workspaces { workspace { id slug revision } } } }"))["viewer"]
    place = workspace["workspaces"][0]["workspace"]
    new = [{"title": title, "durationMs": 3_600_000, "labels": ["team"]} for title in ("one", "two", "three")]
    create = "mutation ($w: ID!, $i: [TaskInput!]!) { createTasks(workspaceId: $w, inputs: $i) { id } }"
    one, two, three = [row["id"] for row in (await stage.eve.ask(create, w=place["id"], i=new))["createTasks"]]
    for action, task in (("run", one), ("pause", one), ("resume", one), ("run", two), ("cancel", two)):
        await stage.eve.ask(f"mutation ($id: ID!) {{ {action}Task(id: $id) {{ task {{ status }} }} }}", id=task)
    bulk = """mutation ($w: ID!) { transitionTasks(workspaceId: $w, action: RUN, target: {filter: {labels: ["team"]}}) {
        changed outcomes { code } } }"""
    assert (await stage.eve.ask(bulk, w=place["id"]))["transitionTasks"]["changed"] == 2
    cancel = "mutation ($id: ID!) { cancelTask(id: $id) { task { version } } }"
    await stage.eve.ask(cancel, id=three)
    await stage.eve.ask("mutation ($id: ID!) { deleteTask(id: $id) { deletedId } }", id=three)
    seen = (await stage.eve.ask(LIFE, slug=place["slug"], since=place["revision"]))["workspace"]
    assert {row["status"]: row["count"] for row in seen["counts"] if row["count"]} == {"IN_PROGRESS": 2}
    assert [(row["title"], row["status"]) for row in seen["tasks"]["nodes"]] == [
        ("two", "IN_PROGRESS"),
        ("one", "IN_PROGRESS"),
    ]
    assert sorted(row["title"] for row in seen["changes"]["tasks"]) == ["one", "two"]
    actions = [row["action"] for row in seen["events"]["nodes"]]
    assert sorted(actions[:-2]).count("RUN") == 4
    assert actions[0] == "DELETED"


async def test_of_every_mutation_it_is_known_which_line_holds_it() -> None:
    assert sorted((*GUARDED, *BY_OWNER, *ACCOUNTS)) == sorted(ROOTS["Mutation"])
