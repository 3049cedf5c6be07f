"""The driver's own connection, for statements that are sent often: what SQLAlchemy adds to each costs more than the statement.

Measured for one transition (`python -m bench.transition`): 0.95 ms of this process's time through SQLAlchemy, 0.45 ms so.
"""

from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import asynccontextmanager
from functools import cache
from typing import Any, NamedTuple, Protocol, cast

import asyncpg
from sqlalchemy import ClauseElement, TextClause
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


@asynccontextmanager
async def borrowed(engine: AsyncEngine) -> AsyncGenerator[Driver]:
    """A connection of the pool without SQLAlchemy around it. One that was left in the middle of something is thrown away."""
    lent = await engine.raw_connection()
    driver = cast("Driver", lent.driver_connection)
    try:
        yield driver
    except asyncpg.PostgresError:
        if driver.is_closed():
            lent.invalidate()
        raise
    except BaseException:
        lent.invalidate()
        raise
    finally:
        lent.close()
