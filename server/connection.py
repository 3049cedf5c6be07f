"""One plain connection to Postgres, typed; for what happens before and beside the pools."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Protocol, cast

import asyncpg


class Connection(Protocol):
    """What we use of asyncpg's connection, which comes without types."""

    async def execute(self, query: str, *arguments: object) -> str: ...
    async def fetchval(self, query: str, *arguments: object) -> object: ...
    async def close(self) -> None: ...


@asynccontextmanager
async def connection(url: str, *, timeout: int = 10) -> AsyncGenerator[Connection]:
    """`url` may be written for asyncpg or for SQLAlchemy. Raises OSError, TimeoutError and asyncpg.PostgresError."""
    plain = url.replace("postgresql+asyncpg://", "postgresql://", 1)
    opened = await asyncpg.connect(plain, timeout=timeout)  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType] - it has no types
    found = cast("Connection", opened)
    try:
        yield found
    finally:
        await found.close()
