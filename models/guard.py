"""The second line behind the statements' own guards: PostgreSQL's row-level security, by whose request it is.

`Guarded` lends connections of the role `fermata_requests`, each told for whom it works before it is lent. For whom is
said once a request, by `ask_for`; what nobody asked for reaches nothing.
"""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from contextvars import ContextVar
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from models.database import Database
from models.driver import Driver, compiled

ROLE = "fermata_requests"
_asking: ContextVar[UUID | None] = ContextVar("asking", default=None)
_TELL = text("select set_config('fermata.user', :user, :within)")


def ask_for(user_id: UUID | None) -> None:
    """What follows in this request works for this person; a request is a task of its own, and forgets it at its end."""
    _asking.set(user_id)


class Guarded(Database):
    """A pool whose connections see only the workspaces of the person who asks."""

    def __init__(self, url: str, *, size: int = 10, timeout: float = 1.0, application: str = "fermata") -> None:
        super().__init__(url, size=size, timeout=timeout, application=application, role=ROLE)

    @asynccontextmanager
    async def one(self) -> AsyncGenerator[AsyncConnection]:
        """As `Database.one`, told for whom: the setting is said anew each time a connection is lent."""
        async with super().one() as connection:
            await connection.execute(_TELL, _told(within=False))
            yield connection

    @asynccontextmanager
    async def transaction(self) -> AsyncGenerator[AsyncConnection]:
        """As `Database.transaction`, told for whom until its end."""
        async with super().transaction() as connection:
            await connection.execute(_TELL, _told(within=True))
            yield connection

    async def _introduce(self, driver: Driver) -> None:
        query, names = compiled(_TELL)
        told = _told(within=False)
        await driver.fetch(query, *(told[name] for name in names))


def _told(*, within: bool) -> dict[str, object]:
    user = _asking.get()
    return {"user": "" if user is None else str(user), "within": within}
