"""Connections that are kept between statements, for what is asked all the time: the pool costs more than such a statement."""

from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import asynccontextmanager, nullcontext
from typing import NamedTuple, cast

import asyncpg
from sqlalchemy import PoolProxiedConnection, TextClause
from sqlalchemy.ext.asyncio import AsyncEngine

from models.database import Database, lent
from models.driver import Driver, Prepared, Row, compiled

# What is sent all the time is planned once a connection. Left to itself PostgreSQL plans a statement over few rows each time,
# as it thinks that a plan for them is cheaper; planning is most of what such a statement costs.
_PLAN_ONCE = "set plan_cache_mode = force_generic_plan"


class _Line(NamedTuple):
    """A connection, as the pool knows it and as the driver does."""

    of_pool: PoolProxiedConnection
    driver: Driver

    def hang_up(self) -> None:
        """The pool opens another one in its place."""
        self.of_pool.invalidate()
        self.of_pool.close()


class Kept(Database):
    """A pool whose connections are taken out once and stay out as long as they hold; one that was cut is replaced.

    It is for at most `size` statements at a time, which whoever sends them sees to: one more waits in vain. Behind PgBouncer in
    transaction mode, which keeps connections itself, it is a pool like any other.
    """

    def __init__(self, url: str, *, size: int, timeout: float = 1.0, application: str = "fermata") -> None:
        super().__init__(url, size=size, timeout=timeout, application=application)
        self._free: list[_Line] = []
        self._busy = 0

    async def fetch(self, statement: TextClause | Prepared, values: Mapping[str, object]) -> Sequence[Row]:
        """As `Database.fetch`."""
        if self.pooled:
            return await super().fetch(statement, values)
        ready = statement if isinstance(statement, Prepared) else compiled(statement)
        self._busy += 1
        try:
            return await self._send(ready.sql, ready.arguments(values))
        finally:
            self._busy -= 1

    @property
    def in_use(self) -> int:
        """Connections on which a statement is under way."""
        return super().in_use if self.pooled else self._busy

    async def close(self) -> None:
        """As `Database.close`."""
        while self._free:
            self._free.pop().of_pool.close()
        await super().close()

    async def _send(self, sql: str, arguments: Sequence[object]) -> Sequence[Row]:
        line = self._idle() or await self._open()
        try:
            rows = await line.driver.fetch(sql, *arguments)
        except BaseException as error:
            if isinstance(error, asyncpg.PostgresError) and not line.driver.is_closed():
                self._free.append(line)
            else:
                line.hang_up()  # it was left in the middle of something
            async with lent(nullcontext()):  # which errors say that the database is away is the same for all pools
                raise
        self._free.append(line)
        return rows

    def _idle(self) -> _Line | None:
        while self._free:
            line = self._free.pop()
            if not line.driver.is_closed():
                return line
            line.hang_up()
        return None

    async def _open(self) -> _Line:
        async with lent(_opened(self._engine)) as line:
            await line.driver.fetch(_PLAN_ONCE)
            return line


@asynccontextmanager
async def _opened(engine: AsyncEngine) -> AsyncGenerator[_Line]:
    of_pool = await engine.raw_connection()
    yield _Line(of_pool, cast("Driver", of_pool.driver_connection))
