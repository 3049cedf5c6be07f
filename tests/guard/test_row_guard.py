"""The second line through every operation of the schema: with the first line there, and with it taken away.

The first line is `effective_role`, by which every statement asks who may. Taken away, it answers ADMIN to anybody about everything.
"""

from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from fixtures.app import Api, serving
from fixtures.cells import CELLS, DOCUMENTS, Cell, document, missing, things
from fixtures.operations import MUTATIONS, Scene
from fixtures.surface import Asker, code
from fixtures.world import World, build
from sqlalchemy import text
from structlog.testing import capture_logs

from gql.context import Services
from gql.guards import ROOTS
from models.guard import ask_for
from server.services import Process
from server.settings import Settings, Switch

ANYBODY = """
    create or replace function effective_role(workspace uuid, person uuid, session uuid, token uuid)
    returns table (role role) language sql stable as $$ select cast('ADMIN' as role) $$
"""
FIRST_LINE = "select pg_get_functiondef(cast('effective_role(uuid, uuid, uuid, uuid)' as regprocedure))"
# What a workspace is made of; each row says to which one it belongs.
TABLES = {
    "workspaces": "id",
    "memberships": "workspace_id",
    "invitations": "workspace_id",
    "api_tokens": "workspace_id",
    "tasks": "workspace_id",
    "task_counts": "workspace_id",
    "events": "workspace_id",
    "logs": "(select workspace_id from tasks where id = task_id)",
}
MADE = {"createTask": "INTERNAL", "createTasks": "INTERNAL"}  # PostgreSQL's own refusal of a row
BEARER = ("acceptInvitation",)  # whoever has the secret may: that is what it is for
CHANGES = (  # without either line these change what is another's
    *("createTask", "createTasks", "updateTask", "deleteTask", "runTask", "pauseTask", "resumeTask", "cancelTask"),
    *("transitionTasks", "renameWorkspace", "deleteWorkspace", "inviteMember", "revokeInvitation", "setMemberRole"),
    *("removeMember", "createApiToken", "revokeApiToken", "deleteTasks"),
)
ABOUT = {"task", "workspace", "slug", "invitation", "token"}  # of a workspace; a person is of none
LIFE = """query ($slug: String!, $since: String!) { workspace(slug: $slug) { counts { status count }
    tasks(first: 10) { totalCount nodes { title status } } events(first: 50) { nodes { action } }
    changes(since: $since) { tasks { title } deletedIds } } }"""


@dataclass
class Stage:
    """A workspace that is somebody else's, and eve, who is signed in and a member of her own alone."""

    made: Services  # what the world was made with: the owner's, and with all rights
    asked: Services  # what eve asks
    world: World
    eve: World
    guarded: bool

    @property
    def scene(self) -> Scene:
        """Where somebody else's things are made."""
        return Scene(self.made, self.world, None, own=False)

    async def asks(self, document: str, variables: Mapping[str, Any]) -> dict[str, Any]:
        """What eve is told."""
        ask_for(self.eve["ADMIN"].user.id)
        with capture_logs():  # PostgreSQL's refusal is a fault of ours to the application, with a long trace
            return await Asker(self.asked, documents=DOCUMENTS)(document, variables, as_=self.eve["ADMIN"])

    async def theirs(self) -> dict[str, str]:
        """A fingerprint of every row of the other workspace, by table."""
        rows = (
            f"select '{table}', md5(coalesce(string_agg(cast(t as text), ',' order by cast(t as text)), ''))"
            f" from {table} t where {workspace} = :workspace"
            for table, workspace in TABLES.items()
        )
        async with self.made.db.one() as connection:
            found = await connection.execute(text(" union all ".join(rows)), {"workspace": self.world.workspace})
            return {row[0]: row[1] for row in found}

    @asynccontextmanager
    async def without_the_first_line(self) -> AsyncGenerator[None]:
        """Every statement takes everybody for an ADMIN."""
        async with self.made.db.one() as connection:
            there = (await connection.execute(text(FIRST_LINE))).scalar_one()
            await connection.execute(text(ANYBODY))
            yield
            await connection.exec_driver_sql(there)


@pytest_asyncio.fixture(params=["on", "off"])
async def stage(
    request: pytest.FixtureRequest, surface: Services, database_url: str, tmp_path: Path
) -> AsyncGenerator[Stage]:
    """With the row guard on, and off."""
    process = Process.build(Settings(data_dir=tmp_path, row_guard=Switch(request.param)), database_url)
    world, eve = await build(surface, "VIEWER"), await build(surface, "ADMIN")
    yield Stage(surface, process.services, world, eve, request.param == "on")
    await process.close()


def differing(cells: list[Cell], one: Mapping[str, Any], other: Mapping[str, Any]) -> set[tuple[str, str]]:
    """The fields of which two answers to the same document tell different things."""

    def told(answer: Mapping[str, Any], cell: Cell) -> object:
        codes = [e["extensions"]["code"] for e in answer.get("errors", ()) if e.get("path", [None])[0] == cell.alias]
        return codes, (answer["data"] or {}).get(cell.alias)

    return {(cell.kind, cell.field) for cell in cells if told(one, cell) != told(other, cell)}


@pytest.mark.every_postgres
async def test_without_the_first_line_no_field_of_anothers_workspace_tells_more_than_of_one_that_never_was(
    stage: Stage,
) -> None:
    cells = [cell for cell in CELLS if cell.place.variable in ABOUT]
    there = await things(stage.scene)
    async with stage.without_the_first_line():
        found = await stage.asks(*document(cells, there))
        never = await stage.asks(*document(cells, missing(there)))
    fields = {(cell.kind, cell.field) for cell in cells}
    assert differing(cells, found, never) == (set() if stage.guarded else fields)


@pytest.mark.every_postgres
async def test_without_the_first_line_no_mutation_changes_anything_of_anothers_workspace(stage: Stage) -> None:
    found: dict[str, tuple[str, bool]] = {}
    for name in ROOTS["Mutation"]:
        stage.world, stage.eve = await build(stage.made, "VIEWER"), await build(stage.made, "ADMIN")
        variables = await MUTATIONS[name].variables(stage.scene)
        async with stage.without_the_first_line():
            before = await stage.theirs()
            answer = await stage.asks(MUTATIONS[name].document, variables)
            found[name] = code(answer), await stage.theirs() != before
    assert {name for name, (_, changed) in found.items() if changed} == {*BEARER, *(() if stage.guarded else CHANGES)}
    told = (
        MADE | dict.fromkeys(set(CHANGES) - set(MADE), "NOT_FOUND") if stage.guarded else dict.fromkeys(CHANGES, "OK")
    )
    assert {name: found[name][0] for name in CHANGES} == told


@pytest.mark.parametrize("guard", ["on", "off"])
async def test_the_life_of_a_team_is_the_same_behind_the_second_line(
    database_url: str, tmp_path: Path, guard: str
) -> None:
    async with serving(database_url, tmp_path, row_guard=guard) as api:
        await api.sign_up("eve")
        await live(api)


async def live(api: Api) -> None:
    """Make tasks, move them, look at them."""
    workspace = (await api.ask("{ viewer { workspaces { workspace { id slug revision } } } }"))["viewer"]
    place = workspace["workspaces"][0]["workspace"]
    new = [{"title": title, "durationMs": 3_600_000, "labels": ["team"]} for title in ("one", "two", "three")]
    create = "mutation ($w: ID!, $i: [TaskInput!]!) { createTasks(workspaceId: $w, inputs: $i) { id } }"
    one, two, three = [row["id"] for row in (await api.ask(create, w=place["id"], i=new))["createTasks"]]
    for action, task in (("run", one), ("pause", one), ("resume", one), ("run", two), ("cancel", two)):
        await api.ask(f"mutation ($id: ID!) {{ {action}Task(id: $id) {{ task {{ status }} }} }}", id=task)
    bulk = """mutation ($w: ID!) { transitionTasks(workspaceId: $w, action: RUN, target: {filter: {labels: ["team"]}}) {
        changed outcomes { code } } }"""
    assert (await api.ask(bulk, w=place["id"]))["transitionTasks"]["changed"] == 2
    cancel = "mutation ($id: ID!) { cancelTask(id: $id) { task { version } } }"
    await api.ask(cancel, id=three)
    await api.ask("mutation ($id: ID!) { deleteTask(id: $id) { deletedId } }", id=three)
    seen = (await api.ask(LIFE, slug=place["slug"], since=place["revision"]))["workspace"]
    assert {row["status"]: row["count"] for row in seen["counts"] if row["count"]} == {"IN_PROGRESS": 2}
    assert [(row["title"], row["status"]) for row in seen["tasks"]["nodes"]] == [
        ("two", "IN_PROGRESS"),
        ("one", "IN_PROGRESS"),
    ]
    assert sorted(row["title"] for row in seen["changes"]["tasks"]) == ["one", "two"]
    actions = [row["action"] for row in seen["events"]["nodes"]]
    assert sorted(actions[:-2]).count("RUN") == 4
    assert actions[0] == "DELETED"
