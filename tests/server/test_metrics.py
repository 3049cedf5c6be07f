"""Metrics: exact counts, a bounded number of names, and only for this machine or the bearer of the token."""

import asyncio
from urllib.parse import parse_qs

import pytest
from httpx2 import ASGITransport, AsyncClient
from starlette.applications import Starlette
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from server.measured import Measured
from server.metrics import MOST_OPERATIONS, Metrics

TOKEN = "a-token-of-some-length"


def client(metrics: Metrics, *, token: str | None = None, address: str = "127.0.0.1") -> AsyncClient:
    app = Starlette(routes=[metrics.route(token)])
    return AsyncClient(transport=ASGITransport(app, client=(address, 1)), base_url="http://test")


async def test_counts_are_what_happened() -> None:
    metrics = Metrics()
    for outcome in ("ok", "ok", "FORBIDDEN"):
        metrics.request("Board", outcome, 0.003)
    metrics.poll(modified=False)
    metrics.transition("PAUSE", "moved", 3)
    metrics.timer_completed(0.004)
    async with client(metrics) as asker:
        lines = (await asker.get("/metrics")).text.splitlines()
    for expected in (
        'fermata_requests_total{operation="Board",outcome="ok"} 2.0',
        'fermata_requests_total{operation="Board",outcome="FORBIDDEN"} 1.0',
        'fermata_request_seconds_bucket{le="0.005"} 3.0',
        'fermata_polls_total{outcome="not_modified"} 1.0',
        'fermata_transitions_total{action="PAUSE",outcome="moved"} 3.0',
        "fermata_timer_lateness_seconds_count 1.0",
        'fermata_transitions_total{action="COMPLETE",outcome="moved"} 1.0',
    ):
        assert expected in lines


async def test_a_client_cannot_make_names_without_end() -> None:
    metrics = Metrics()
    for number in range(MOST_OPERATIONS + 50):
        metrics.request(f"Name{number}", "ok", 0.001)
    text = metrics.render().decode()
    assert text.count("fermata_requests_total{") == MOST_OPERATIONS + 1
    assert 'fermata_requests_total{operation="other",outcome="ok"} 50.0' in text


@pytest.mark.parametrize(
    ("address", "headers", "status"),
    [
        ("127.0.0.1", {}, 200),
        ("::1", {}, 200),
        ("10.0.0.7", {}, 403),
        ("127.0.0.1", {"x-forwarded-for": "10.0.0.7"}, 403),
        ("10.0.0.7", {"authorization": f"Bearer {TOKEN}"}, 200),
        ("10.0.0.7", {"authorization": "Bearer another"}, 403),
    ],
)
async def test_only_this_machine_or_the_bearer_of_the_token_may_read(
    address: str, headers: dict[str, str], status: int
) -> None:
    async with client(Metrics(), token=TOKEN, address=address) as asker:
        assert (await asker.get("/metrics", headers=headers)).status_code == status


async def test_without_a_token_no_token_opens_it() -> None:
    async with client(Metrics(), address="10.0.0.7") as asker:
        assert (await asker.get("/metrics", headers={"authorization": "Bearer "})).status_code == 403


async def test_the_pools_and_the_queue_are_sampled() -> None:
    metrics, counted = Metrics(), asyncio.Event()

    async def queued() -> int:
        asyncio.get_running_loop().call_soon(counted.set)
        return 7

    sampling = asyncio.create_task(metrics.sample({"requests": lambda: 4}, queued))
    async with asyncio.timeout(60):
        await counted.wait()
    sampling.cancel()
    lines = metrics.render().decode().splitlines()
    assert 'fermata_connections_in_use{pool="requests"} 4.0' in lines
    assert "fermata_queued_tasks 7.0" in lines


async def graphql(scope: Scope, receive: Receive, send: Send) -> None:
    """Answers as the address's query says: status, operation, outcome."""
    status, *names = parse_qs(scope["query_string"].decode())["is"][0].split(",")
    scope["state"] = dict(zip(("operation", "outcome"), names, strict=False))
    await Response(status_code=int(status))(scope, receive, send)


async def test_requests_polls_and_transitions_are_told_apart() -> None:
    metrics = Metrics()
    async with AsyncClient(transport=ASGITransport(Measured(graphql, metrics)), base_url="http://test") as asker:
        for answer in (
            "200,mutation.pauseTask,ok",
            "200,mutation.pauseTask,ILLEGAL_TRANSITION",
            "200,query.viewer,ok",
            "400",
        ):
            await asker.get(f"/?is={answer}")
        for answer in ("304", "304", "200,query.workspace,ok"):
            await asker.get(f"/?is={answer}", headers={"if-none-match": 'W/"x"'})
    lines = metrics.render().decode().splitlines()
    for expected in (
        'fermata_requests_total{operation="mutation.pauseTask",outcome="ok"} 1.0',
        'fermata_requests_total{operation="query.viewer",outcome="ok"} 1.0',
        'fermata_requests_total{operation="none",outcome="http_400"} 1.0',
        'fermata_requests_total{operation="none",outcome="not_modified"} 2.0',
        'fermata_transitions_total{action="PAUSE",outcome="moved"} 1.0',
        'fermata_transitions_total{action="PAUSE",outcome="ILLEGAL_TRANSITION"} 1.0',
        'fermata_polls_total{outcome="not_modified"} 2.0',
        'fermata_polls_total{outcome="modified"} 1.0',
    ):
        assert expected in lines
