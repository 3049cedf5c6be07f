"""Alive and ready are two questions; a check that fails or hangs makes the second one 503, and says which."""

import asyncio

import pytest
from httpx2 import ASGITransport, AsyncClient
from starlette.applications import Starlette

import server.health
from server.health import Health


def client(health: Health) -> AsyncClient:
    return AsyncClient(transport=ASGITransport(Starlette(routes=health.routes())), base_url="http://test")


async def well() -> str | None:
    return None


async def away() -> str | None:
    return "the database does not answer"


async def raises() -> str | None:
    raise ConnectionError("postgresql://me:secret@host")


async def hangs() -> str | None:
    await asyncio.Event().wait()
    return None


async def test_it_is_ready_when_every_check_is_well() -> None:
    async with client(Health({"database": well, "schema": well})) as asker:
        answer = await asker.get("/readyz")
        assert (answer.status_code, answer.json()) == (
            200,
            {"ready": True, "checks": {"database": "well", "schema": "well"}},
        )


async def test_it_is_not_ready_when_one_is_not_and_still_alive() -> None:
    async with client(Health({"database": away, "schema": raises, "loop": well})) as asker:
        answer = await asker.get("/readyz")
        assert answer.status_code == 503
        assert answer.headers["retry-after"] == "1"
        assert answer.json()["checks"] == {
            "database": "the database does not answer",
            "schema": "it failed (ConnectionError)",
            "loop": "well",
        }
        assert (await asker.get("/healthz")).status_code == 200


async def test_a_check_that_hangs_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server.health, "CHECK_SECONDS", 0.05)
    async with client(Health({"database": hangs})) as asker:
        assert (await asker.get("/readyz")).status_code == 503


async def test_a_process_that_leaves_is_not_ready() -> None:
    health = Health({"database": well})
    async with client(health) as asker:
        assert (await asker.get("/readyz")).status_code == 200
        health.drain()
        assert (await asker.get("/readyz")).json()["checks"]["process"] == "it is stopping"
