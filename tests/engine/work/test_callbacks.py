"""Work that is answered 202 and called back later: signed, kept for whoever works by then, and only for what waits."""

import asyncio
import base64
import json
from collections.abc import AsyncGenerator
from pathlib import Path
from uuid import UUID

import httpx2
import pytest_asyncio
from fixtures import seed
from fixtures.crew import Crew
from fixtures.member import TIMING
from fixtures.place import Place
from starlette.applications import Starlette

from engine.embedded import Embedded
from engine.executor import listen
from engine.hints import Hints
from engine.kinds import Catalogue
from engine.kinds.webhooks import Signer
from engine.tasks import Tasks
from engine.worker import Worker
from models.database import Database
from models.lifecycle import Action, Status
from server.callbacks import Callbacks

SECRET = b"a secret of just so many bytes!!"
KIND = """
[kind.slow-service]
type = "http"
label = "Slow service"
networks = ["127.0.0.0/8"]
secret_file = "secret"
callback_url = "http://fermata.example"
"""


class Service:
    """Answers 202, and keeps the addresses at which it is to call back."""

    def __init__(self) -> None:
        self.asked: asyncio.Queue[str] = asyncio.Queue()
        self.port = 0

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode().lower()
        writer.write(b"HTTP/1.1 202 Accepted\r\ncontent-length: 0\r\nconnection: close\r\n\r\n")
        await writer.drain()
        writer.close()
        await self.asked.put(head.split("fermata-callback: ")[1].split("\r\n")[0])


@pytest_asyncio.fixture
async def service() -> AsyncGenerator[Service]:
    service = Service()
    server = await asyncio.start_server(service.serve, "127.0.0.1", 0)
    service.port = server.sockets[0].getsockname()[1]
    yield service
    server.close()


@pytest_asyncio.fixture
async def place(db: Database, tmp_path: Path) -> AsyncGenerator[Place]:
    (tmp_path / "secret").write_text("whsec_" + base64.b64encode(SECRET).decode())
    (tmp_path / "kinds.toml").write_text(KIND)
    catalogue, hints, workspace_id = Catalogue.load(tmp_path / "kinds.toml"), Hints(), await seed.workspace(db)
    worker = Worker(db, catalogue, hints, name="w1", timing=TIMING)
    executor = Embedded(db, worker, hints)
    listen(executor, hints)
    await executor.start()
    admin = await seed.member(db, workspace_id)
    yield Place(db, Crew("embedded", "", "", tmp_path), workspace_id, admin, Tasks(db, catalogue, hints), tmp_path)
    await executor.close()


async def called(place: Place, path: str, body: bytes, signer: Signer) -> int:
    """Call back as the service does, over the server's route; the status."""
    catalogue = Catalogue.load(place.folder / "kinds.toml")
    transport = httpx2.ASGITransport(Starlette(routes=Callbacks(place.db, catalogue).routes()))
    async with httpx2.AsyncClient(transport=transport, base_url="http://fermata.example") as client:
        return (await client.post(path, content=body, headers=signer.headers("message", body))).status_code


async def ask(place: Place, service: Service) -> tuple[UUID, str]:
    made = await place.make("slow-service", {"url": f"http://127.0.0.1:{service.port}/"})
    await place.do(made, Action.RUN)
    address = await service.asked.get()
    assert address.startswith(f"http://fermata.example/callbacks/{made.id}/1/0")
    return made.id, address.removeprefix("http://fermata.example")


async def test_the_answer_that_is_called_back_is_the_result_also_when_the_task_was_paused(
    place: Place, service: Service
) -> None:
    task_id, path = await ask(place, service)
    task = await place.by_id(task_id)
    await place.do(task, Action.PAUSE)
    await place.stands_at(task, Status.PAUSED)
    assert await called(place, path, b'{"n": 1}', Signer(SECRET)) == 204
    await place.do(task, Action.RESUME)
    done = await place.stands_at(task, Status.COMPLETED)
    assert json.loads(done.result or "") == {"status": 202, "body": '{"n": 1}'}
    assert service.asked.empty()


async def test_an_error_that_is_called_back_fails_the_task(place: Place, service: Service) -> None:
    task_id, path = await ask(place, service)
    assert await called(place, path, b'{"error": "no paper"}', Signer(SECRET)) == 204
    failed = await place.stands_at(await place.by_id(task_id), Status.FAILED)
    assert (failed.error or "").endswith("called back: no paper")
    assert await called(place, path, b"{}", Signer(SECRET)) == 404


async def test_what_is_not_signed_or_not_waited_for_is_all_the_same_404(place: Place, service: Service) -> None:
    task_id, path = await ask(place, service)
    wrong = Signer(b"another secret, as long as that!")
    paths = (
        path,
        f"/callbacks/{task_id}/2/0",
        f"/callbacks/{UUID(int=1)}/1/0",
        "/callbacks/x/1/0",
        f"/callbacks/{task_id}/-1/0",
    )
    statuses = [await called(place, path, b"{}", wrong) for path in paths[:1]]
    statuses += [await called(place, path, b"{}", Signer(SECRET)) for path in paths[1:]]
    assert statuses == [404] * len(paths)
    assert await called(place, path, b"x" * 70_000, Signer(SECRET)) == 413
    assert (await place.by_id(task_id)).status is Status.IN_PROGRESS
