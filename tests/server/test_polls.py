"""Polls that are repeated byte for byte: the endpoint is not asked again, and whatever ends or changes holds at once."""

import asyncio
import math
import time
from collections.abc import AsyncGenerator
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import httpx2
import pytest
import pytest_asyncio
from fixtures.app import Api, serving
from sqlalchemy import text
from starlette.types import Message, Receive, Scope, Send

from gql.http import GraphQLEndpoint
from models.database import Database, Unavailable
from server import polls
from server.probes import Probe, Probes, Standing

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

    async def poll(self, credential: str | None = None, method: str = "GET", **headers: str) -> httpx2.Response:
        parameters = {"query": QUERY, "variables": f'{{"slug": "{self.workspace["slug"]}"}}'}
        given = {"Authorization": f"Bearer {credential or self.api.token}"}
        if self.tag:
            given["If-None-Match"] = self.tag
        return await self.api.http.request(method, "/graphql", params=parameters, headers=given | headers)

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
    ask, failures = Probes.ask, [Unavailable()]

    def failing(self: Probes, probe: Probe) -> asyncio.Future[Standing | None]:
        if failures:
            raise failures.pop()
        return ask(self, probe)

    monkeypatch.setattr(Probes, "ask", failing)
    assert (await watching.poll()).status_code == 304
    assert watching.through == ["GET"]


async def second(watching: Watching) -> tuple[str, str]:
    """Two API tokens with the same rights."""
    made = [await watching.api.ask(TOKEN, w=watching.workspace["id"]) for _ in range(2)]
    return made[0]["createApiToken"]["secret"], made[1]["createApiToken"]["secret"]


def told(answer: httpx2.Response) -> tuple[int, bytes, list[tuple[str, str]]]:
    """All of an answer that does not differ from request to request."""
    headers = [one for one in answer.headers.multi_items() if one[0] not in ("x-request-id", "date")]
    return answer.status_code, answer.content, headers


@pytest.mark.parametrize("accept", ["application/json", "application/graphql-response+json"])
async def test_a_page_that_others_were_given_goes_out_as_the_endpoint_sends_it(accept: str, watching: Watching) -> None:
    one, other = await second(watching)
    made = await watching.poll(one, Accept=accept)
    by_endpoint = await watching.poll(other, Accept=accept)
    watching.through.clear()
    from_here = await watching.poll(other, **{"Accept": accept, "X-Request-Id": "mine"})
    assert watching.through == []
    assert told(from_here) == told(by_endpoint)
    assert (from_here.content, from_here.headers["x-request-id"]) == (made.content, "mine")
    head = await watching.poll(other, "HEAD", Accept=accept)
    assert watching.through == []
    assert told(head) == (200, b"", told(from_here)[2])
    figures = (await watching.api.http.get("/metrics")).text
    assert 'fermata_requests_total{operation="query.workspace",outcome="ok"} 4.0' in figures


async def test_a_change_is_made_into_an_answer_once_and_the_others_get_it_here(watching: Watching) -> None:
    one, other = await second(watching)
    tags = {who: (await watching.poll(who)).headers["etag"] for who in (one, other)}
    await watching.api.ask(MAKE, w=watching.workspace["id"])
    watching.through.clear()
    first = await watching.poll(one, **{"If-None-Match": tags[one]})
    assert (first.status_code, watching.through) == (200, ["GET"])
    then = await watching.poll(other, **{"If-None-Match": tags[other]})
    assert (then.status_code, then.content, watching.through) == (200, first.content, ["GET"])
    assert then.headers["etag"] not in (first.headers["etag"], *tags.values())
    for who, tag in ((one, first.headers["etag"]), (other, then.headers["etag"])):
        assert (await watching.poll(who, **{"If-None-Match": tag})).status_code == 304
    assert watching.through == ["GET"]
    again = await watching.poll(other, **{"If-None-Match": tags[other]})  # another program with the same credential
    assert told(again) == told(then)


@pytest.mark.parametrize(("end", "status"), ENDS.items())
async def test_what_ends_or_limits_a_session_holds_for_pages_of_others(
    end: str, status: int, watching: Watching
) -> None:
    await watching.poll()
    assert (await watching.poll()).status_code == 200
    watching.through.clear()
    assert (await watching.poll()).status_code == 200
    assert watching.through == []
    await watching.say(end)
    answer = await watching.poll()
    assert (answer.status_code, watching.through) == (status, ["GET"])
    if "role" in end:
        assert answer.json()["data"]["workspace"]["viewerRole"] == "VIEWER"
    if "delete" in end:
        assert answer.json()["data"]["workspace"] is None


async def test_a_tag_that_was_sealed_for_another_is_not_confirmed(watching: Watching) -> None:
    one, other = await second(watching)
    await watching.begin(one)
    theirs = watching.tag
    await watching.begin(other)
    assert theirs != watching.tag
    answer = await watching.poll(other, **{"If-None-Match": theirs})
    assert (answer.status_code, watching.through) == (200, ["GET"])
    assert answer.headers["etag"] == watching.tag


async def test_a_credential_that_is_over_by_this_hosts_clock_is_left_to_the_endpoint(
    watching: Watching, monkeypatch: pytest.MonkeyPatch
) -> None:
    await watching.begin()
    monkeypatch.setattr(polls, "time", SimpleNamespace(time=lambda: math.inf, perf_counter=time.perf_counter))
    assert (await watching.poll()).status_code == 304  # by the clock of the endpoint it is not over
    assert watching.through == ["GET"]


async def test_who_waits_when_the_process_has_to_leave_is_told_to_come_again(
    watching: Watching, monkeypatch: pytest.MonkeyPatch
) -> None:
    await watching.begin()
    asked = asyncio.Event()

    def never(_self: Probes, _probe: Probe) -> asyncio.Future[Standing | None]:
        asked.set()
        return asyncio.get_running_loop().create_future()

    monkeypatch.setattr(Probes, "ask", never)
    sent: list[Message] = []

    async def keep(message: Message) -> None:
        sent.append(message)

    async def nothing() -> Message:
        return {"type": "http.request"}

    request = watching.api.http.build_request(
        "GET",
        "/graphql",
        params={"query": QUERY, "variables": f'{{"slug": "{watching.workspace["slug"]}"}}'},
        headers={"Authorization": f"Bearer {watching.api.token}", "If-None-Match": watching.tag},
    )
    path, _, query = request.url.raw_path.partition(b"?")
    scope: Scope = {
        "type": "http",
        "method": "GET",
        "path": path.decode(),
        "query_string": query,
        "headers": [(name.lower(), value) for name, value in request.headers.raw],
    }
    waiting = asyncio.ensure_future(watching.api.app(scope, nothing, keep))
    await asked.wait()
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    assert sent[0]["status"] == 503
    assert {b"retry-after", b"x-request-id", b"content-security-policy"} <= {name for name, _ in sent[0]["headers"]}
    assert b"UNAVAILABLE" in sent[1]["body"]
