"""Bad input about tasks, as bytes on the wire: INVALID_INPUT that names the field, and nothing is written."""

import json
from collections.abc import AsyncGenerator
from pathlib import Path
from typing import Any

import pytest_asyncio
from httpx2 import ASGITransport, AsyncClient
from sqlalchemy import text

from models.database import Database
from server.app import create
from server.settings import Settings

SIGN_UP = """mutation ($input: SignUpInput!) {
  signUp(input: $input) { accessToken user { workspaces { workspace { id } } } } }"""
CREATE = "mutation ($w: ID!, $i: TaskInput!) { createTask(workspaceId: $w, input: $i) { task { id } } }"
EDIT = "mutation ($id: ID!, $i: TaskPatch!) { updateTask(id: $id, input: $i) { task { id } } }"
ACT = "mutation ($id: ID!, $v: Int, $r: String) { runTask(id: $id, expectedVersion: $v, reason: $r) { task { id } } }"
PAUSE = "mutation ($id: ID!, $at: DateTime) { pauseTask(id: $id, resumeAt: $at) { task { id } } }"
MANY = "mutation ($w: ID!, $t: TaskTarget!) { transitionTasks(workspaceId: $w, action: RUN, target: $t) { matched } }"
PERSON = {"email": "ada@example.com", "password": "correct horse battery staple", "displayName": "Ada"}
WRITTEN = text(
    "select (select count(*) from tasks), (select count(*) from events where task_id is not null),"
    " (select max(version) from tasks), (select max(title) from tasks)"
)
DIGITS = "9" * 10_000
LONG = "y" * 10_001
LABELS = json.dumps([str(number) for number in range(21)])
CASES = [
    # what is wrong: the document, what goes into its variables as JSON, the path that is named
    ("no title", CREATE, '"i": {"durationMs": 1}', "i"),
    ("a title of spaces", CREATE, '"i": {"title": "  ", "durationMs": 1}', "input.title"),
    ("a title that is too long", CREATE, f'"i": {{"title": "{"x" * 201}", "durationMs": 1}}', "input.title"),
    ("a title that is a number", CREATE, '"i": {"title": 7, "durationMs": 1}', "i.title"),
    ("a title that is a list", CREATE, '"i": {"title": ["x"], "durationMs": 1}', "i.title"),
    ("a title that is null", CREATE, '"i": {"title": null, "durationMs": 1}', "i.title"),
    ("a long description", CREATE, f'"i": {{"title": "x", "durationMs": 1, "description": "{LONG}"}}', "input.description"),
    ("a duration below zero", CREATE, '"i": {"title": "x", "durationMs": -1}', "input.durationMs"),
    ("no duration of a timer", CREATE, '"i": {"title": "x"}', "input.durationMs"),
    ("a duration of nothing", CREATE, '"i": {"title": "x", "durationMs": 0}', "input.durationMs"),
    ("a duration with a fraction", CREATE, '"i": {"title": "x", "durationMs": 1.5}', "i.durationMs"),
    ("a duration in words", CREATE, '"i": {"title": "x", "durationMs": "1"}', "i.durationMs"),
    ("a duration beyond 32 bits", CREATE, '"i": {"title": "x", "durationMs": 2147483648}', "i.durationMs"),
    ("a priority beyond its bounds", CREATE, '"i": {"title": "x", "durationMs": 1, "priority": 2147483647}', "input.priority"),
    ("a field that is not there", CREATE, '"i": {"title": "x", "durationMs": 1, "owner": "me"}', "i"),
    ("too many labels", CREATE, f'"i": {{"title": "x", "durationMs": 1, "labels": {LABELS}}}', "input.labels"),
    ("an unknown kind", CREATE, '"i": {"title": "x", "kind": "tea"}', "input.kind"),
    ("a task in a workspace that is none", CREATE, '"w": "x", "i": {"title": "x", "durationMs": 1}', "workspaceId"),
    ("an edit of nothing", EDIT, '"i": {}', "input"),
    ("an edited title that is too long", EDIT, f'"i": {{"title": "{"x" * 201}"}}', "input.title"),
    ("an edited duration below zero", EDIT, '"i": {"durationMs": -5}', "input.durationMs"),
    ("an id that is none", ACT, '"id": "garbage"', "id"),
    ("an id that is a number", ACT, '"id": true', "id"),
    ("a version in words", ACT, '"v": "1"', "v"),
    ("a reason that is too long", ACT, f'"r": "{"x" * 501}"', "reason"),
    ("a moment without a zone", PAUSE, '"at": "2026-01-01T00:00:00"', "at"),
    ("a moment that is none", PAUSE, '"at": "2026-02-30T00:00:00Z"', "at"),
    ("neither ids nor a filter", MANY, '"t": {}', "t"),
    ("ids that are none", MANY, '"t": {"ids": ["x"]}', "target.ids.0"),
]  # fmt: skip
UNREADABLE = [
    ("NUL", '"i": {"title": "a\\u0000b", "durationMs": 1}', "i.title"),
    ("NUL in a label", '"i": {"title": "x", "durationMs": 1, "labels": ["x", "\\u0000"]}', "i.labels.1"),
    ("half a surrogate pair", '"i": {"title": "\\ud800", "durationMs": 1}', "i.title"),
    ("a number of 10,000 digits", f'"i": {{"title": "x", "durationMs": {DIGITS}}}', "i.durationMs"),
    ("a number of 10,000 digits below zero", f'"i": {{"title": "x", "durationMs": -{DIGITS}}}', "i.durationMs"),
    ("a fraction of 10,000 digits", f'"i": {{"title": "x", "durationMs": 1.{DIGITS}}}', "i.durationMs"),
    ("a number that is too large", '"i": {"title": "x", "durationMs": 1e999}', "i.durationMs"),
    ("a number that is none", '"i": {"title": "x", "durationMs": NaN}', "i.durationMs"),
]


class Wire:
    """The whole application in this process, asked by the only person, who has one task."""

    def __init__(self, http: AsyncClient, db: Database) -> None:
        self.http, self.db = http, db
        self.ids: dict[str, str] = {}

    async def send(self, document: str, variables: str) -> Any:
        """The answer to a body that is put together as text; what the variables lack is what is right."""
        right = ", ".join(f'"{name}": "{id}"' for name, id in self.ids.items() if f'"{name}": ' not in variables)
        given = ", ".join(part for part in (right, variables) if part)
        body = f'{{"query": {json.dumps(document)}, "variables": {{{given}}}}}'
        response = await self.http.post("/graphql", content=body.encode(), headers={"Content-Type": "application/json"})
        assert response.status_code < 500, response.text
        return response.json()

    async def written(self) -> tuple[Any, ...]:
        """What would differ if anything had been written."""
        async with self.db.one() as connection:
            return tuple((await connection.execute(WRITTEN)).one())


@pytest_asyncio.fixture
async def wire(db: Database, database_url: str, tmp_path: Path) -> AsyncGenerator[Wire]:
    app = create(Settings(data_dir=tmp_path), database_url)
    async with AsyncClient(transport=ASGITransport(app), base_url="http://127.0.0.1:8000") as http:
        made = Wire(http, db)
        signed = (await made.send(SIGN_UP, f'"input": {json.dumps(PERSON)}'))["data"]["signUp"]
        http.headers["Authorization"] = f"Bearer {signed['accessToken']}"
        made.ids["w"] = signed["user"]["workspaces"][0]["workspace"]["id"]
        task = await made.send(CREATE, '"i": {"title": "Tea", "durationMs": 60000}')
        made.ids["id"] = task["data"]["createTask"]["task"]["id"]
        yield made


async def test_what_is_wrong_is_named_and_nothing_is_written(wire: Wire) -> None:
    before = await wire.written()
    for what, document, variables, path in CASES:
        answer = await wire.send(document, variables)
        found = answer["errors"][0]["extensions"]
        assert (found["code"], [field["path"] for field in found["fields"]]) == ("INVALID_INPUT", [path]), (
            what,
            answer,
        )
        assert not any((answer.get("data") or {}).values()), what
    assert await wire.written() == before


async def test_what_no_database_could_hold_is_refused_with_its_place_before_anything_reads_it(wire: Wire) -> None:
    before = await wire.written()
    for what, variables, path in UNREADABLE:
        answer = await wire.send(CREATE, variables)
        found = answer["errors"][0]["extensions"]
        assert (found["code"], [field["path"] for field in found["fields"]]) == ("INVALID_INPUT", [path]), what
        assert "data" not in answer
    assert await wire.written() == before


async def test_the_same_document_with_right_values_writes(wire: Wire) -> None:
    before = await wire.written()
    assert "errors" not in await wire.send(CREATE, '"i": {"title": "Tea again", "durationMs": 2147483647}')
    assert "errors" not in await wire.send(EDIT, '"i": {"title": "Water"}')
    assert "errors" not in await wire.send(ACT, '"v": 2, "r": "Thirsty"')
    after = await wire.written()
    assert (after[0] - before[0], after[1] - before[1], after[2], after[3]) == (1, 3, 3, "Water")
