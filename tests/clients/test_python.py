"""The Python client against a real server: what it says, what it raises, what it tries again."""

from collections.abc import AsyncGenerator
from dataclasses import dataclass
from pathlib import Path

import pytest
import pytest_asyncio
from fermata_client import AsyncFermata, Forbidden, IllegalTransition, InvalidInput, NotFound, Unauthenticated
from fermata_client.errors import Busy, NoAnswer
from fermata_client.exchange import TRIES, Exchange
from fixtures.app import Api, listening

from scripts.python_client import TARGET, generate

ROOT = Path(__file__).resolve().parents[2]
TOKEN = """mutation ($w: ID!, $role: Role!) {
  createApiToken(workspaceId: $w, name: "program", role: $role) { secret } }"""


@dataclass
class Place:
    """A server, a workspace on it, and a way to make tokens for it."""

    address: str
    api: Api
    id: str
    slug: str

    async def token(self, role: str) -> str:
        return (await self.api.ask(TOKEN, w=self.id, role=role))["createApiToken"]["secret"]

    async def client(self, role: str) -> AsyncFermata:
        return AsyncFermata(self.address, await self.token(role), timeout=60)


@pytest_asyncio.fixture
async def place(database_url: str, tmp_path: Path) -> AsyncGenerator[Place]:
    async with listening(database_url, tmp_path) as (address, api):
        workspace = await api.sign_up()
        yield Place(address, api, workspace["id"], workspace["slug"])


def test_the_client_is_what_the_schema_says() -> None:
    assert TARGET.read_text() == generate((ROOT / "gql" / "schema.graphql").read_text())


async def test_a_task_goes_through_its_life_by_the_client(place: Place) -> None:
    async with await place.client("EDITOR") as fermata:
        made = await fermata.create_task(place.id, {"title": "Bake", "durationMs": 60_000, "labels": ["oven"]})
        task = made["createTask"]["task"]
        assert (task["title"], task["status"], task["allowedActions"]) == ("Bake", "NOT_STARTED", ["RUN"])
        await fermata.run_task(task["id"])
        paused = (await fermata.pause_task(task["id"], reason="lunch"))["pauseTask"]["task"]
        assert paused["status"] == "PAUSED"
        history = (await fermata.task_history(task["id"]))["task"]
        assert history is not None
        assert [(event["action"], event["via"], event["reason"]) for event in history["events"]["nodes"]] == [
            ("PAUSE", "program", "lunch"),
            ("RUN", "program", None),
            ("CREATED", "program", None),
        ]


async def test_refusals_are_exceptions_that_say_what_would_help(place: Place) -> None:
    async with await place.client("EDITOR") as editor, await place.client("VIEWER") as viewer:
        task = (await editor.create_task(place.id, {"title": "Bake", "durationMs": 60_000}))["createTask"]["task"]
        with pytest.raises(Forbidden) as forbidden:
            await viewer.run_task(task["id"])
        assert forbidden.value.details["requiredRole"] == "OPERATOR"
        with pytest.raises(IllegalTransition) as illegal:
            await editor.pause_task(task["id"])
        assert illegal.value.details["allowedActions"] == ["RUN"]
        with pytest.raises(InvalidInput) as invalid:
            await editor.create_task(place.id, {"title": "", "durationMs": 60_000})
        assert [field["path"] for field in invalid.value.details["fields"]] == ["input.title"]
        with pytest.raises(NotFound):
            await editor.run_task("VGFzazowMDAwMDAwMC0wMDAwLTAwMDAtMDAwMC0wMDAwMDAwMDAwMDA=")
    async with AsyncFermata(place.address, "fmt_wrong", timeout=60) as stranger:
        with pytest.raises(Unauthenticated):
            await stranger.viewer()


async def test_another_kind_of_server_is_no_fermata(place: Place) -> None:
    exchange = Exchange("{ viewer { id } }", {}, None)
    with pytest.raises(NoAnswer, match="HTTP 502"):
        exchange.answer(502, "text/html", b"<html>")


def test_a_busy_server_is_asked_again_with_the_same_key_and_then_given_up() -> None:
    exchange = Exchange("mutation { x }", {}, "t")
    key = exchange.headers["Idempotency-Key"]
    busy = Busy("full", "UNAVAILABLE", {"retryAfterMs": 1500})
    waits = [exchange.wait(busy) for _ in range(TRIES - 1)]
    assert all(1.5 <= wait <= 5 for wait in waits)
    assert exchange.headers["Idempotency-Key"] == key
    with pytest.raises(Busy):
        exchange.wait(busy)
    with pytest.raises(NotFound):
        Exchange("{ x }", {}, None).wait(NotFound("gone", "NOT_FOUND", {}))
