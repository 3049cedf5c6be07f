"""Connections: those that only hold on are sent away, and who works meanwhile is served. `make prove` does it to a process."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path

from fixtures.app import Api, listening

from server.protocol import HttpLimits

SILENT, SLOW, DRIPPING = 100, 60, 60
SOON = HttpLimits(header_seconds=0.5, body_seconds=0.5)  # instead of 10 s
PATIENCE = 120.0  # for all to be closed
EVERY = 0.1  # seconds between two bytes of those that are slow
HEAD = b"POST /graphql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"


class Holding:
    """A connection that says something and then no more than a byte now and then."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, drip: bytes) -> None:
        self.writer, self.drip = writer, drip
        self.end = asyncio.create_task(self._end(reader))

    @staticmethod
    async def _end(reader: asyncio.StreamReader) -> int:
        """Waits until the server closes; gives the status that it said before, 0 for none."""
        head = (await reader.read()).split(b" ", 2)
        return int(head[1]) if len(head) > 1 else 0

    def go_on(self) -> None:
        if self.drip and not self.end.done():
            self.writer.write(self.drip)


async def hold(port: int, first: bytes, drip: bytes = b"") -> Holding:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(first)
    return Holding(reader, writer, drip)


@asynccontextmanager
async def held(port: int) -> AsyncGenerator[dict[str, list[Holding]]]:
    """All the connections that a server should not have to keep, by what they do."""
    groups = {
        "silent": [await hold(port, b"") for _ in range(SILENT)],
        "slow headers": [await hold(port, HEAD + b"X-Slow: ", b"x") for _ in range(SLOW)],
        "dripping body": [await hold(port, HEAD + b"Content-Length: 9000\r\n\r\n{", b" ") for _ in range(DRIPPING)],
    }
    try:
        yield groups
    finally:
        for one in (one for group in groups.values() for one in group):
            one.end.cancel()
            one.writer.close()


async def work(api: Api, slug: str, done: asyncio.Event) -> list[int]:
    """Somebody who makes a task, reads the list and reads the site's state, again and again; gives every status."""
    create = 'mutation ($slug: ID!) { createTask(workspaceId: $slug, input: {title: "Tea", durationMs: 1000}) { task { id } } }'
    statuses: list[int] = []
    while not done.is_set():
        made = await api.post(create, {"slug": slug})
        read = await api.post("{ viewer { workspaces { workspace { tasks(first: 5) { totalCount } } } } }")
        assert "errors" not in made.json()
        assert "errors" not in read.json()
        statuses += [made.status_code, read.status_code, (await api.http.get("/healthz")).status_code]
    return statuses


def port_of(origin: str) -> int:
    return int(origin.rsplit(":", 1)[1])


async def test_those_that_only_hold_on_are_sent_away_and_the_honest_are_served(
    tmp_path: Path, database_url: str
) -> None:
    async with listening(database_url, tmp_path, limits=SOON) as (origin, api):
        workspace = (await api.sign_up())["id"]
        done = asyncio.Event()
        async with held(port_of(origin)) as groups, asyncio.timeout(PATIENCE):
            working = asyncio.create_task(work(api, workspace, done))
            waiting = {one.end: one for group in groups.values() for one in group}
            while waiting:
                ended, _ = await asyncio.wait(waiting, timeout=EVERY)
                for end in ended:
                    del waiting[end]
                for one in waiting.values():
                    one.go_on()
            told = {name: {one.end.result() for one in group} for name, group in groups.items()}
            done.set()
            statuses = await working
    assert told == {"silent": {0}, "slow headers": {408}, "dripping body": {408}}
    assert set(statuses) == {200}
    assert len(statuses) >= 3


async def test_who_comes_when_it_is_full_is_told_when_to_come_again(tmp_path: Path, database_url: str) -> None:
    async with listening(database_url, tmp_path, limits=HttpLimits(), max_connections=10) as (origin, api):
        taken = [await hold(port_of(origin), b"") for _ in range(10)]
        reader, writer = await asyncio.open_connection("127.0.0.1", port_of(origin))
        async with asyncio.timeout(PATIENCE):
            head, _, body = (await reader.read()).partition(b"\r\n\r\n")
        assert head.startswith(b"HTTP/1.1 503 ")
        assert b"\r\nretry-after: 1" in head
        assert b'"UNAVAILABLE"' in body
        writer.close()
        for one in taken:
            one.writer.close()
            await one.end
        assert (await api.http.get("/healthz")).status_code == 200
