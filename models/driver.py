"""The driver's own connection, for statements that are sent often: what SQLAlchemy adds to each costs more than the statement.

Measured for one transition (`python -m bench.transition`): 0.95 ms of this process's time through SQLAlchemy, 0.45 ms so.
"""

from asyncio import Future, get_running_loop, timeout
from collections import deque
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple, Protocol, cast

from sqlalchemy import ClauseElement, PoolProxiedConnection, TextClause
from sqlalchemy.dialects.postgresql import asyncpg as dialects
from sqlalchemy.ext.asyncio import AsyncEngine
from sqlalchemy.sql.compiler import SQLCompiler

Row = Sequence[Any]  # each column has a type of its own
Arguments = tuple[object, ...]


class Driver(Protocol):
    """A connection of asyncpg, as far as it is used here (it has no types of its own)."""

    async def fetch(self, query: str, *values: object) -> list[Row]:
        """The rows of a statement, which is prepared once a connection; outside a transaction it commits by itself."""
        ...

    def is_closed(self) -> bool:
        """Whether it was cut."""
        ...


class Prepared(NamedTuple):
    """A statement as the driver takes it, and the names of its values in their order."""

    sql: str
    names: tuple[str, ...]

    def arguments(self, values: Mapping[str, object]) -> Arguments:
        """The values in the order of their places. Raises KeyError for one that is missing."""
        return tuple([values[name] for name in self.names])


@cache
def compiled(statement: TextClause) -> Prepared:
    """A statement, made ready once."""
    return prepared(statement)


def prepared(statement: ClauseElement) -> Prepared:
    """A statement of SQLAlchemy, made ready anew."""
    made = statement.compile(dialect=dialects.dialect())
    assert isinstance(made, SQLCompiler)
    return Prepared(str(made), tuple(made.positiontup or ()))


class Hand:
    """Connections of a pool without SQLAlchemy around them, kept between two statements: lending one costs as much as using it.

    They count as lent to the pool. As soon as anybody waits there one is given back, and none is kept as long as somebody
    does; so whoever takes a connection from the pool says so by `wait` before and `served` after. While all of the pool are
    lent and nobody waits there, those who wait here get theirs from whoever is done.
    """

    def __init__(self, engine: AsyncEngine, size: int, timeout: float) -> None:
        self._engine = engine
        self._size = size
        self._timeout = timeout
        self._kept: list[PoolProxiedConnection] = []
        self._line: deque[Future[PoolProxiedConnection | None]] = deque()  # None: look for one in the pool
        self._out = 0
        self._waiting = 0
        self._closed = False

    def __len__(self) -> int:
        return len(self._kept)

    async def take(self) -> PoolProxiedConnection:
        """One that is open; `driver_of` it is what statements are sent by. To be followed by `give`, or by `drop`.

        Raises TimeoutError, also that of the pool, for who waits too long.
        """
        lent = self._kept.pop() if self._kept else None
        if lent is None and self._out >= self._size and not self._waiting:
            lent = await self._handed()
        while lent is not None and driver_of(lent).is_closed():
            discard(lent)
            lent = self._kept.pop() if self._kept else None
        if lent is None:
            lent = await self._borrowed()
        self._out += 1
        return lent

    def give(self, lent: PoolProxiedConnection) -> None:
        """It can be used again."""
        self._out -= 1
        self._pass_on(lent)

    def drop(self, lent: PoolProxiedConnection) -> None:
        """It was cut, or left in the middle of something."""
        self._out -= 1
        discard(lent)
        self._disperse()

    def wait(self) -> None:
        """Somebody is about to take a connection from the pool."""
        self._waiting += 1
        if self._kept:
            self._kept.pop(0).close()

    def served(self) -> None:
        """Somebody has got one, or has given up."""
        self._waiting -= 1

    def close(self) -> None:
        """Give all back, and keep none from now on."""
        self._closed = True
        while self._kept:
            self._kept.pop().close()

    async def _borrowed(self) -> PoolProxiedConnection:
        self._waiting += 1
        try:
            return await self._engine.raw_connection()
        finally:
            self._waiting -= 1

    async def _handed(self) -> PoolProxiedConnection | None:
        place: Future[PoolProxiedConnection | None] = get_running_loop().create_future()
        self._line.append(place)
        try:
            async with timeout(self._timeout):
                return await place
        except BaseException:
            if place.done() and not place.cancelled() and (lent := place.result()):
                self._pass_on(lent)  # it came as its taker gave up
            raise

    def _pass_on(self, lent: PoolProxiedConnection) -> None:
        if self._waiting or self._closed:
            lent.close()
            self._disperse()
        elif not self._next(lent):
            self._kept.append(lent)

    def _disperse(self) -> None:
        """The pool has one again, or somebody waits there: nobody is left standing here for one that may not come."""
        while self._next(None):
            pass

    def _next(self, lent: PoolProxiedConnection | None) -> bool:
        """Whether somebody stands in line, who is given this."""
        while self._line:
            place = self._line.popleft()
            if not place.done():
                place.set_result(lent)
                return True
        return False


def discard(lent: PoolProxiedConnection) -> None:
    """Close it for good: the pool opens another one in its place."""
    lent.invalidate()
    lent.close()


def driver_of(lent: PoolProxiedConnection) -> Driver:
    """The driver's own connection."""
    return cast("Driver", lent.driver_connection)
