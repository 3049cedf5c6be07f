"""Around every request: its id, the browser's headers, and an answer to what nobody foresaw."""

import asyncio
import json
from collections.abc import AsyncGenerator

import pytest
from httpx2 import ASGITransport, AsyncClient
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from structlog.testing import capture_logs

from server.middleware import Protections, RequestIds, SecurityHeaders, unforeseen


async def show(request: Request) -> Response:
    return PlainTextResponse(request.state.request_id, headers={"referrer-policy": "same-origin"})


async def fail(_request: Request) -> Response:
    raise LookupError("the inner workings")


async def half(_request: Request) -> Response:
    async def pieces() -> AsyncGenerator[bytes]:
        yield b"a piece"
        raise LookupError("the inner workings")

    return StreamingResponse(pieces())


async def broken(scope: Scope, receive: Receive, send: Send) -> None:
    raise LookupError("the inner workings")


def application(*, https: bool = False, subdomains: bool = False) -> ASGIApp:
    routes = [Route("/show", show), Route("/fail", fail), Route("/half", half)]
    app = Starlette(routes=routes, exception_handlers={Exception: unforeseen})
    return RequestIds(SecurityHeaders(app, Protections(https=https, subdomains=subdomains)))


def client(app: ASGIApp | None = None, *, https: bool = False) -> AsyncClient:
    return AsyncClient(transport=ASGITransport(app or application(https=https)), base_url="http://test")


async def test_a_request_has_one_id_inside_in_the_answer_and_in_the_log() -> None:
    async with client() as asker:
        with capture_logs() as lines:
            answer = await asker.get("/show?token=private")
    assert answer.text == answer.headers["x-request-id"]
    assert [(line["event"], line["path"], line["status"]) for line in lines] == [("request", "/show", 200)]
    assert "private" not in str(lines)


@pytest.mark.parametrize(("asked", "kept"), [("trace-1.a_B", True), ("x" * 65, False), ("a b", False), ("", False)])
async def test_a_callers_id_is_kept_when_it_is_harmless(asked: str, kept: bool) -> None:
    async with client() as asker:
        answer = await asker.get("/show", headers={"x-request-id": asked})
    assert (answer.headers["x-request-id"] == asked) is kept
    assert answer.headers["x-request-id"]


@pytest.mark.parametrize("app", [application(), RequestIds(broken)], ids=["a route", "a layer"])
async def test_what_nobody_foresaw_is_an_id_for_the_caller_and_a_trace_for_the_log(app: ASGIApp) -> None:
    async with client(app) as asker:
        with capture_logs() as lines:
            answer = await asker.get("/fail")
    (error,) = answer.json()["errors"]
    assert (answer.status_code, error["extensions"]["code"]) == (500, "INTERNAL")
    assert "inner workings" not in answer.text
    assert answer.headers["x-request-id"]
    (logged,) = [line for line in lines if line["event"] == "unforeseen error"]
    assert logged["error_id"] == error["extensions"]["errorId"]
    assert isinstance(logged["exc_info"], LookupError)


async def test_who_is_under_way_when_the_process_has_to_leave_is_told_that_nobody_knows() -> None:
    entered, sent = asyncio.Event(), list[Message]()

    async def endless(scope: Scope, receive: Receive, send: Send) -> None:
        entered.set()
        await asyncio.Event().wait()

    async def nothing() -> Message:
        return {"type": "http.request"}

    async def keep(message: Message) -> None:
        sent.append(message)

    scope: Scope = {"type": "http", "method": "POST", "path": "/graphql", "headers": []}
    running = asyncio.ensure_future(RequestIds(endless)(scope, nothing, keep))
    await entered.wait()
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running
    (error,) = json.loads(sent[1]["body"])["errors"]
    assert sent[0]["status"] == 503
    assert [value for name, value in sent[0]["headers"] if name == b"retry-after"] == [b"1"]
    assert (error["extensions"]["code"], error["extensions"]["outcomeUnknown"]) == ("UNAVAILABLE", True)


async def test_an_answer_that_fails_half_way_is_broken_off_and_not_completed() -> None:
    async with client() as asker:
        with capture_logs() as lines, pytest.raises(LookupError):
            await asker.get("/half")
    assert "unforeseen error within an answer" in [line["event"] for line in lines]


async def test_browsers_are_told_to_run_nothing_foreign() -> None:
    async with client() as asker:
        headers = (await asker.get("/show")).headers
    policy = dict(part.split(" ", 1) for part in headers["content-security-policy"].split("; "))
    assert policy["script-src"] == "'self'"
    assert policy["frame-ancestors"] == "'none'"
    assert policy["default-src"] == "'self'"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin", "an answer's own header stays"
    assert "strict-transport-security" not in headers


async def test_behind_https_browsers_are_told_to_stay_there() -> None:
    async with client(https=True) as asker:
        assert (await asker.get("/show")).headers["strict-transport-security"] == "max-age=31536000"


async def test_subdomains_are_spoken_for_where_it_is_said_and_over_https_alone() -> None:
    for https, told in ((True, "max-age=31536000; includeSubDomains"), (False, None)):
        async with client(application(https=https, subdomains=True)) as asker:
            assert (await asker.get("/show")).headers.get("strict-transport-security") == told
