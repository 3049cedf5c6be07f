"""Answers as server-sent events, in the "distinct connections mode" of the graphql-sse protocol.

Each result is an event `next`, with an id from which a client that lost its connection goes on (Last-Event-ID); the end is
an event `complete`. Between them a comment keeps proxies from closing the connection. A stream ends when its source does,
when the credential of who asked ends, when the server stops, and when the client reads too slowly; except for the first,
the reason is told as an error before the end.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable, Generator
from contextlib import aclosing, contextmanager
from dataclasses import dataclass
from typing import Any

from graphql import ExecutionResult, GraphQLError, GraphQLSchema
from graphql import subscribe as core_subscribe  # pyright: ignore[reportUnknownVariableType]  # bare generics
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from gql import answer
from gql.documents import Prepared
from gql.errors import FermataError, Unauthenticated, Unavailable
from gql.execution import PlannedExecutor
from gql.media import Media
from gql.request import Asked

_COMPLETE = b"event: complete\ndata:\n\n"
_STILL_HERE = b":\n\n"


@dataclass(frozen=True, slots=True)
class Event:
    """One result, in JSON, and from where to go on after it."""

    body: bytes
    position: str | None = None

    def encoded(self) -> bytes:
        """As it goes over the line (HTML standard, section 9.2)."""
        known = f"id: {self.position}\n".encode() if self.position and self.position.isprintable() else b""
        return b"event: next\n" + known + b"data: " + self.body + b"\n\n"


async def subscribe(
    schema: GraphQLSchema, prepared: Prepared, asked: Asked, context: Any
) -> AsyncIterator[ExecutionResult] | ExecutionResult:
    """Begin a subscription: its results as they come, or one result that says why there are none."""
    begun = core_subscribe(
        schema,
        prepared.node,
        context_value=context,
        variable_values=asked.variables,
        operation_name=asked.operation_name,
        executor_class=PlannedExecutor,
        hide_suggestions=True,
    )
    return await begun if isinstance(begun, Awaitable) else begun


async def events(results: AsyncIterator[ExecutionResult], position: Callable[[], str | None]) -> AsyncGenerator[Event]:
    """The events of a subscription; a source that fails ends with an event that says so."""
    try:
        async for result in results:
            yield Event(answer.encode(answer.tell(result)), position())
    except Exception as error:  # a failure of the source is told like one of a field
        located = error if isinstance(error, GraphQLError) else GraphQLError(str(error), original_error=error)
        yield Event(answer.encode({"errors": [answer.describe(located, executed=True)]}))
    finally:
        close = getattr(results, "aclose", None)
        if close is not None:
            await close()


async def once(body: bytes) -> AsyncGenerator[Event]:
    """The single event of a query or a mutation."""
    yield Event(body)


@dataclass(frozen=True, slots=True)
class Pace:
    """How long a stream waits, in seconds, and for how many events that its client has not read."""

    keep_alive: float = 15.0
    backlog: int = 100
    patience: float = 10.0  # with a client whose backlog is full
    goodbye: float = 5.0  # for the reason to reach a client that reads slowly
    most: int = 1_000  # streams at a time
    each: int = 100  # of them for one person, by whatever credentials


class Streams:
    """The open streams of a process."""

    def __init__(self, pace: Pace | None = None) -> None:
        self.pace = pace or Pace()
        self.closing = asyncio.Event()
        self.count = 0
        self.people: Counter[str | None] = Counter()

    def close(self) -> None:
        """End every stream, for the server stops, and open no more."""
        self.closing.set()

    def admit(self, person: str | None) -> None:
        """Raises `Unavailable` where there are as many as there may be, or as this person may have."""
        if person is not None and self.people[person] >= self.pace.each:
            raise Unavailable("You have too many open subscriptions: end some, or poll.")
        if self.count >= self.pace.most or self.closing.is_set():
            raise Unavailable("There are too many open subscriptions: poll, or try again later.")

    @contextmanager
    def counting(self, person: str | None) -> Generator[None]:
        """One stream more, until the end of the block."""
        self.count += 1
        self.people[person] += 1
        try:
            yield
        finally:
            self.count -= 1
            self.people[person] -= 1
            if not self.people[person]:
                del self.people[person]

    def open(
        self,
        source: AsyncGenerator[Event],
        expires_in: float | None,
        headers: list[tuple[str, str]],
        person: str | None = None,
    ) -> Response:
        """A response that streams a source, for so many seconds at most. `person`: whose it is, where it lasts."""
        response = _Stream(self, source, expires_in, person)
        for name, value in headers:
            response.headers.append(name, value)
        return response


class _Stream(Response):
    """One stream: a task reads the source, another writes to the client, and whoever is done first ends both."""

    def __init__(
        self, streams: Streams, source: AsyncGenerator[Event], expires_in: float | None, person: str | None
    ) -> None:
        # Proxies must neither store nor hold back nor compress what should arrive at once.
        super().__init__(headers={"Cache-Control": "no-store, no-transform", "X-Accel-Buffering": "no"})
        self.headers["Content-Type"] = Media.EVENTS.content_type
        del self.headers["Content-Length"]
        self._streams = streams
        self._pace = streams.pace
        self._source = source
        self._expires_in = expires_in
        self._person = person
        self._queue: asyncio.Queue[bytes] = asyncio.Queue(streams.pace.backlog + 2)  # room for the end

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Stream until one of the ends."""
        with self._streams.counting(self._person):
            await self._until_an_end(receive, send)

    async def _until_an_end(self, receive: Receive, send: Send) -> None:
        read = asyncio.create_task(self._read())
        write = asyncio.create_task(self._write(send))
        gone = asyncio.create_task(_disconnected(receive))
        closing = asyncio.create_task(self._streams.closing.wait())
        tasks: list[asyncio.Task[Any]] = [read, write, gone, closing]
        try:
            done, _ = await asyncio.wait(tasks, timeout=self._expires_in, return_when=asyncio.FIRST_COMPLETED)
            if not done & {write, gone}:
                # Nothing is done when the time ran out, and that is the credential's.
                late = read.result() if read in done else Unavailable() if done else Unauthenticated()
                self._part(late)
                await asyncio.wait([write, gone], timeout=self._pace.goodbye, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    async def _read(self) -> FermataError | None:
        """Put events into the queue until there are no more; says why when that is not the source's doing."""
        async with aclosing(self._source):
            async for event in self._source:
                try:
                    await asyncio.wait_for(self._queue.put(event.encoded()), self._pace.patience)
                except TimeoutError:
                    return Unavailable("You read too slowly: connect again, with the last id as Last-Event-ID.")
        return None

    async def _write(self, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": self.raw_headers})
        await send({"type": "http.response.body", "body": _STILL_HERE, "more_body": True})
        last = False
        while not last:
            try:
                chunk = await asyncio.wait_for(self._queue.get(), self._pace.keep_alive)
            except TimeoutError:
                chunk = _STILL_HERE
            last = chunk is _COMPLETE
            await send({"type": "http.response.body", "body": chunk, "more_body": not last})

    def _part(self, reason: FermataError | None) -> None:
        if self._queue.qsize() > self._pace.backlog:  # all or none, so that what arrived ends without a gap
            while not self._queue.empty():
                self._queue.get_nowait()
        if reason is not None:
            told = {"message": reason.message, "extensions": reason.extensions}
            self._queue.put_nowait(Event(answer.encode({"errors": [told]})).encoded())
        self._queue.put_nowait(_COMPLETE)


async def _disconnected(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
