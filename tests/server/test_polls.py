"""Polls that are repeated byte for byte: the endpoint is not asked again, and whatever ends or changes holds at once."""

from collections.abc import AsyncGenerator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx2
import pytest
import pytest_asyncio
from fixtures.app import Api, serving
from sqlalchemy import text
from starlette.types import Receive, Scope, Send

from gql.http import GraphQLEndpoint
from models.database import Database, Unavailable
from server.admission import Admission, Admitted, Asked

QUERY = "query ($slug: String!) { workspace(slug: $slug) { viewerRole tasks { nodes { title allowedActions } } } }"
MAKE = 'mutation ($w: ID!) { createTask(workspaceId: $w, input: {title: "Bake", durationMs: 1000}) { task { id } } }'
TOKEN = 'mutation ($w: ID!) { createApiToken(workspaceId: $w, name: "watch", role: VIEWER) { secret } }'


@dataclass
class Watching:
    """Somebody who polls, and the requests that came through to the endpoint."""

    api: Api
    db: Database
    workspace: dict[str, Any]
    through: list[str]
    tag: str = ""

    async def poll(self, credential: str | None = None, **headers: str) -> httpx2.Response:
        parameters = {"query": QUERY, "variables": f'{{"slug": "{self.workspace["slug"]}"}}'}
        given = {"Authorization": f"Bearer {credential or self.api.token}"}
        if self.tag:
            given["If-None-Match"] = self.tag
        return await self.api.http.get("/graphql", params=parameters, headers=given | headers)

    async def begin(self, credential: str | None = None) -> None:
        """The first answer, and a poll that is confirmed by the endpoint."""
        self.tag = (await self.poll(credential)).headers["etag"]
        assert (await self.poll(credential)).status_code == 304
        self.through.clear()

    async def say(self, statement: str) -> None:
        async with self.db.one() as connection:
            await connection.execute(text(statement))


@pytest_asyncio.fixture
async def watching(
    db: Database, database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> AsyncGenerator[Watching]:
    through: list[str] = []
    answer: Any = vars(GraphQLEndpoint)["__call__"]

    async def noted(self: Any, scope: Scope, receive: Receive, send: Send) -> None:
        through.append(scope["method"])
        await answer(self, scope, receive, send)

    monkeypatch.setattr(GraphQLEndpoint, "__call__", noted)
    async with serving(database_url, tmp_path) as api:
        yield Watching(api, db, await api.sign_up(), through)


async def test_a_repeated_poll_is_answered_as_the_first_without_the_endpoint(watching: Watching) -> None:
    watching.tag = (await watching.poll()).headers["etag"]
    first = await watching.poll()
    watching.through.clear()
    second = await watching.poll(**{"X-Request-Id": "mine"})
    assert watching.through == []
    assert (first.status_code, second.status_code, second.content) == (304, 304, b"")
    assert second.headers["x-request-id"] == "mine"
    own = ("x-request-id", "date")
    assert [one for one in second.headers.items() if one[0] not in own] == [
        one for one in first.headers.items() if one[0] not in own
    ]
    assert "content-security-policy" in second.headers
    figures = (await watching.api.http.get("/metrics")).text
    assert 'fermata_polls_total{outcome="not_modified"} 2.0' in figures
    assert 'fermata_requests_total{operation="none",outcome="not_modified"} 2.0' in figures


async def test_a_change_ends_what_was_known(watching: Watching) -> None:
    await watching.begin()
    await watching.api.ask(MAKE, w=watching.workspace["id"])
    new = await watching.poll()
    assert new.status_code == 200
    assert [task["title"] for task in new.json()["data"]["workspace"]["tasks"]["nodes"]] == ["Bake"]


ENDS = {
    "update sessions set revoked_at = clock_timestamp()": 401,
    "update users set disabled = true": 401,
    "update memberships set role = 'VIEWER'": 200,
    "delete from memberships": 200,
    "update users set is_instance_admin = not is_instance_admin": 200,
}


@pytest.mark.parametrize(("end", "status"), ENDS.items())
async def test_what_ends_or_limits_a_session_holds_on_the_next_poll(end: str, status: int, watching: Watching) -> None:
    await watching.begin()
    await watching.say(end)
    answer = await watching.poll()
    assert answer.status_code == status
    if "role" in end:
        assert answer.json()["data"]["workspace"]["viewerRole"] == "VIEWER"
    if "delete" in end:
        assert answer.json()["data"]["workspace"] is None


async def test_a_revoked_token_gets_no_confirmation(watching: Watching) -> None:
    made = await watching.api.ask(TOKEN, w=watching.workspace["id"])
    secret = made["createApiToken"]["secret"]
    await watching.begin(secret)
    assert (await watching.poll(secret)).status_code == 304
    assert watching.through == []
    await watching.say("update api_tokens set revoked_at = clock_timestamp()")
    assert (await watching.poll(secret)).status_code == 401


async def test_another_credential_question_or_media_type_is_another_poll(watching: Watching) -> None:
    secret = (await watching.api.ask(TOKEN, w=watching.workspace["id"]))["createApiToken"]["secret"]
    await watching.begin()
    assert (await watching.poll(secret)).status_code == 200
    assert (await watching.poll(Accept="application/graphql-response+json")).status_code == 200
    assert (await watching.poll(Accept="image/png")).status_code == 406
    assert watching.through == ["GET"] * 3
    assert (await watching.poll()).status_code == 304
    assert watching.through == ["GET"] * 3


async def test_a_poll_that_cannot_be_looked_at_is_left_to_the_endpoint(
    watching: Watching, monkeypatch: pytest.MonkeyPatch
) -> None:
    await watching.begin()
    ask, failures = Admission.__call__, [Unavailable()]

    async def failing(self: Admission, asked: Asked) -> Admitted:
        if failures:
            raise failures.pop()
        return await ask(self, asked)

    monkeypatch.setattr(Admission, "__call__", failing)
    assert (await watching.poll()).status_code == 304
    assert watching.through == ["GET"]
