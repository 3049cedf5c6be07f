"""A short line to PostgreSQL for the few statements that are sent all the time: the driver's pool and nothing above it.

A statement through SQLAlchemy costs the process 200 to 300 µs, one through the driver about 60 (bench/polling.py). What is
sent here only reads, or may be done twice: that it went away with a statement under way is no other failure than that it
was away before.
"""

import asyncio
from collections.abc import Mapping, Sequence
from typing import Any, Protocol, TypeAlias, cast

import asyncpg
from sqlalchemy import TextClause
from sqlalchemy.dialects.postgresql.asyncpg import dialect
from sqlalchemy.engine import make_url

from models.database import AWAY, Unavailable, address, arguments

Row: TypeAlias = Sequence[Any]  # cells in the order of the statement's columns: their types are known to who reads them


class _Pool(Protocol):
    """asyncpg's pool, as far as it is used here (it has no types of its own)."""

    async def fetch(self, query: str, *values: object, timeout: float) -> list[Row]: ...
    async def close(self) -> None: ...
    def get_size(self) -> int: ...
    def get_idle_size(self) -> int: ...


class Sent:
    """A statement as the driver takes it: with $1, $2, … for its names."""

    def __init__(self, statement: TextClause) -> None:
        compiled = statement.compile(dialect=dialect())
        self.text = str(compiled)
        self._names: list[str] = list(compiled.positiontup or ())

    def values(self, named: Mapping[str, object]) -> list[object]:
        """The values in the order of the numbers."""
        return [named[name] for name in self._names]


class Line:
    """At most `size` connections, made when they are needed; an answer that takes longer than `timeout` seconds is none."""

    def __init__(self, url: str, *, size: int = 2, timeout: float = 5.0, application: str = "fermata polls") -> None:
        plain = address(url).set(drivername="postgresql").render_as_string(hide_password=False)
        pooled = make_url(url).query.get("pooler") == "transaction"
        given = arguments(application, None, pooled=pooled)
        given.pop("prepared_statement_cache_size", None)  # these two are SQLAlchemy's
        given.pop("prepared_statement_name_func", None)
        self._options = {"dsn": plain, "min_size": 0, "max_size": size, "reset": _keep, **given}
        self._timeout = timeout
        self._pool: _Pool | None = None
        self._opening = asyncio.Lock()

    async def fetch(self, sent: Sent, named: Mapping[str, object]) -> list[Row]:
        """The rows of one statement that commits by itself. Raises `Unavailable`."""
        pool = self._pool or await self._open()
        try:
            return await pool.fetch(sent.text, *sent.values(named), timeout=self._timeout)
        except (asyncpg.InterfaceError, OSError, TimeoutError) as error:
            raise Unavailable from error
        except asyncpg.PostgresError as error:
            if str(getattr(error, "sqlstate", "")).startswith(AWAY):
                raise Unavailable from error
            raise

    @property
    def in_use(self) -> int:
        """Connections that are lent out now."""
        return self._pool.get_size() - self._pool.get_idle_size() if self._pool else 0

    async def close(self) -> None:
        """Close every connection."""
        if self._pool is not None:
            await self._pool.close()

    async def _open(self) -> _Pool:
        async with self._opening:
            if self._pool is None:
                make: Any = asyncpg.create_pool  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]  # no types
                self._pool = cast("_Pool", await make(**self._options))
            return self._pool


async def _keep(_connection: object) -> None:
    """Nothing is set on these connections, so that nothing has to be set back (by a round trip) when one is returned."""
