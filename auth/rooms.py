"""How a workspace is entered to change who may what: its row is locked first, and each refusal says why."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from auth import statements
from auth.errors import Forbidden, NotFound, Unauthenticated
from auth.principal import session_of
from models.authority import Authority
from models.database import Database
from models.role import Role
from models.workspace import Workspace


class Rooms:
    """The database, for what is asked of workspaces; `across` for what looks at one that is not the asker's yet."""

    def __init__(self, db: Database, across: Database | None = None) -> None:
        self.db = db
        self.across = across or db

    @asynccontextmanager
    async def locked(
        self, authority: Authority, workspace_id: UUID
    ) -> AsyncGenerator[tuple[AsyncConnection, Workspace]]:
        """A transaction in which nobody else changes members, invitations or tokens of the workspace, and it as it is.

        Raises `NotFound` for one that is not there or not theirs.
        """
        async with self.db.transaction() as connection:
            cells = await statements.first(connection, "lock_seen_workspace", **asking(authority, workspace_id))
            if cells is None:
                raise NotFound
            yield connection, statements.workspace(cells)


def asking(authority: Authority, workspace_id: UUID) -> dict[str, UUID | None]:
    """Who asks about which workspace, as statements take it for `effective_role`."""
    return {"workspace_id": workspace_id, **person(authority)}


def person(authority: Authority) -> dict[str, UUID | None]:
    """Who asks, by which credential, as statements take it."""
    return {
        "actor_id": authority.user_id,
        "session_id": authority.session_id,
        "token_id": authority.token_id,
    }


async def holding(connection: AsyncConnection, authority: Authority) -> None:
    """A person, whose session holds at this moment. Raises `SessionNeeded`, `Unauthenticated`."""
    session = session_of(authority)
    cells = await statements.first(connection, "session_holds", session_id=session, user_id=authority.user_id)
    if cells is None or not cells["found"]:
        raise Unauthenticated


async def require(
    connection: AsyncConnection, authority: Authority, workspace_id: UUID, needed: Role, why: str | None = None
) -> None:
    """Why a statement did nothing: raise `NotFound`, or `Forbidden` for less than `needed`; otherwise it was not that.

    `why` takes the place of the usual words.
    """
    cells = await statements.first(connection, "role_now", **asking(authority, workspace_id))
    if cells is None:
        raise NotFound
    role = Role(cells["role"])
    if not role.holds(needed):
        raise Forbidden(why, needed=needed, role=role)
