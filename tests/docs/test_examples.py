"""The programs of docs/examples, one for each role, run against a live server with a token of that role."""

import asyncio
import os
import sys
from collections.abc import AsyncGenerator, Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
import pytest_asyncio
from fixtures.app import Api, listening
from fixtures.cluster import Cluster

pytestmark = pytest.mark.asyncio(loop_scope="module")

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = ROOT / "docs" / "examples"
TOKEN = """mutation ($w: ID!, $role: Role!) {
  createApiToken(workspaceId: $w, name: "an example", role: $role) { secret } }"""
COUNTS = "query ($s: String!) { workspace(slug: $s) { counts { status count } } }"
CREATE = "mutation ($name: String!) { createWorkspace(name: $name) { id slug } }"
CSV = "title,seconds,labels,priority\nBake,60,oven bread,2\nCool,30,rack,\n"


@dataclass
class Place:
    """A workspace of its own on the server that all examples share."""

    address: str
    api: Api
    id: str
    slug: str

    async def run(self, role: str, example: str, *arguments: str, given: str = "") -> tuple[int, str, str]:
        """Run an example with a token of a role: how it ended, and what it wrote."""
        secret = (await self.api.ask(TOKEN, w=self.id, role=role))["createApiToken"]["secret"]
        known = {"FERMATA_URL": self.address, "FERMATA_TOKEN": secret, "PYTHONPATH": str(ROOT / "clients" / "python")}
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            str(EXAMPLES / example),
            *arguments,
            env=os.environ | known,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )
        out, errors = await process.communicate(given.encode())
        return process.returncode or 0, out.decode(), errors.decode()

    async def counts(self) -> dict[str, int]:
        """How many tasks there are of each status that any has."""
        found = await self.api.ask(COUNTS, s=self.slug)
        return {one["status"]: one["count"] for one in found["workspace"]["counts"] if one["count"]}


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def server(cluster: Cluster, tmp_path_factory: pytest.TempPathFactory) -> AsyncGenerator[tuple[str, Api]]:
    folder = tmp_path_factory.mktemp("examples")
    async with cluster.clone() as url, listening(url, folder) as (address, api):
        await api.sign_up()
        yield address, api


@pytest_asyncio.fixture(loop_scope="module")
async def place(server: tuple[str, Api], request: pytest.FixtureRequest) -> Place:
    address, api = server
    made = (await api.ask(CREATE, name=request.node.name[5:60]))["createWorkspace"]
    return Place(address, api, made["id"], made["slug"])


async def test_a_viewers_dashboard_is_told_304_until_something_changes(place: Place) -> None:
    code, out, errors = await place.run("VIEWER", "viewer_dashboard.py", place.slug, "3", "0")
    assert (code, errors) == (0, "")
    first, *others = out.splitlines()
    assert first.startswith("200, ") and first.endswith(": no tasks yet")
    assert others == ["304, 0 bytes: nothing new"] * 2
    await place.run("EDITOR", "editor_import.py", place.slug, "--run", given=CSV)
    drawn = (await place.run("VIEWER", "viewer_dashboard.py", place.slug, "2", "0"))[1].splitlines()
    assert drawn[0].endswith(": 2 IN_PROGRESS") and drawn[-1] == "304, 0 bytes: nothing new"
    assert sorted(line.split() for line in drawn[1:3]) == [["IN_PROGRESS", "Bake"], ["IN_PROGRESS", "Cool"]]


async def test_an_operators_runbook_pauses_and_resumes_by_label_after_saying_what_it_would_do(place: Place) -> None:
    await place.run("EDITOR", "editor_import.py", place.slug, "--run", given=CSV)
    words = (place.slug, "oven", "a new thermostat")
    code, out, errors = await place.run("OPERATOR", "operator_runbook.py", "pause", *words)
    assert (code, errors) == (0, "")
    assert out == "PAUSE 1 of 1 tasks with the label oven.\nNothing was done: say --yes.\n"
    assert await place.counts() == {"IN_PROGRESS": 2}
    out = (await place.run("OPERATOR", "operator_runbook.py", "pause", *words, "--yes"))[1]
    assert out.endswith("Done: 1, refused: 0.\n")
    assert await place.counts() == {"IN_PROGRESS": 1, "PAUSED": 1}
    out = (await place.run("OPERATOR", "operator_runbook.py", "resume", *words, "--yes"))[1]
    assert out == "RESUME 1 of 1 tasks with the label oven.\nDone: 1, refused: 0.\n"
    assert await place.counts() == {"IN_PROGRESS": 2}


async def test_an_editors_import_takes_every_line_or_none_and_names_the_line_that_is_wrong(place: Place) -> None:
    code, out, errors = await place.run("EDITOR", "editor_import.py", place.slug, given=CSV)
    assert (code, out, errors) == (0, "2 tasks made.\n", "")
    code, _, errors = await place.run("EDITOR", "editor_import.py", place.slug, given="title,seconds\nGood,60\n,30\n")
    assert code == 1 and errors.startswith("line 3, title: ")
    code, _, errors = await place.run("EDITOR", "editor_import.py", place.slug, given="title,seconds\nGood,soon\n")
    assert (code, errors) == (1, "line 2: seconds and priority are numbers.\n")
    assert await place.counts() == {"NOT_STARTED": 2}


async def test_an_admins_provisioning_makes_what_is_missing_and_nothing_twice(place: Place) -> None:
    wanted = "# the team\nbea@example.com operator\nprogram:nightly editor  # imports\n"
    code, out, errors = await place.run("ADMIN", "admin_provision.py", place.slug, given=wanted)
    assert (code, errors) == (0, "")
    person, program = [line.split("\t") for line in out.splitlines()]
    assert person[:2] == ["bea@example.com", "OPERATOR"] and "#" in person[2]
    assert program[:2] == ["program:nightly", "EDITOR"] and program[2].startswith("fmt_")
    again = (await place.run("ADMIN", "admin_provision.py", place.slug, given=wanted))[1]
    assert again == "bea@example.com\tis there already\nprogram:nightly\tis there already\n"


Refused = Callable[[Place], Awaitable[tuple[int, str, str]]]
REFUSED: dict[str, Refused] = {
    "a viewer who pauses": lambda place: place.run(
        "VIEWER", "operator_runbook.py", "pause", place.slug, "oven", "why", "--yes"
    ),
    "an editor who provisions": lambda place: place.run(
        "EDITOR", "admin_provision.py", place.slug, given="bea@example.com viewer\n"
    ),
}


@pytest.mark.parametrize("who", list(REFUSED))
async def test_a_lower_role_is_told_which_one_it_needs(who: str, place: Place) -> None:
    code, out, errors = await REFUSED[who](place)
    assert code == 1
    assert "ADMIN" in errors or "OPERATOR" in errors
    assert "Done" not in out and "fmt_" not in out
    assert await place.counts() == {}


async def test_there_is_one_example_for_each_role() -> None:
    names = sorted(file.stem.partition("_")[0] for file in EXAMPLES.glob("*.py"))
    assert names == ["admin", "editor", "operator", "viewer"]
