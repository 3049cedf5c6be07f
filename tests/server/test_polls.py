"""Polls that are repeated byte for byte: the endpoint is not asked again, and whatever ends or changes holds at once."""

import asyncio
import math
import time
from types import SimpleNamespace

import pytest
from fixtures.watching import ENDS, MAKE, TOKEN, Watching
from starlette.types import Message

from models.database import Unavailable
from server import polls
from server.probes import Probe, Probes, Standing


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

    waiting = asyncio.ensure_future(watching.api.app(watching.scope(), nothing, keep))
    await asked.wait()
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    assert sent[0]["status"] == 503
    assert {b"retry-after", b"x-request-id", b"content-security-policy"} <= {name for name, _ in sent[0]["headers"]}
    assert b"UNAVAILABLE" in sent[1]["body"]
