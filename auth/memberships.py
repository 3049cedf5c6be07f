"""Workspaces and their members. Each statement reads the role that holds in that moment; what is not one's own is not there."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from auth import statements
from auth.founding import found
from auth.principal import session_of
from models.authority import Authority
from models.database import Database
from models.role import Role
from models.workspace import Membership, Workspace


@dataclass(frozen=True, slots=True)
class Place:
    """A workspace as one sees it: with the role that one has there now, and since when."""

    workspace: Workspace
    role: Role
    since: datetime

    def membership(self, user_id: UUID) -> Membership:
        """The same as a membership of `user_id`."""
        return Membership(self.workspace.id, user_id, self.role, self.since)


class Workspaces:
    """What may be asked of workspaces."""

    def __init__(self, db: Database) -> None:
        self.db = db

    async def create(self, authority: Authority, name: str, slug: str | None = None) -> Workspace:
        """Make a workspace and become its admin. Raises `Invalid`, `Taken`, `SessionNeeded`."""
        session_of(authority)
        async with self.db.transaction() as connection:
            return await found(connection, authority, name, slug)

    async def memberships_of(self, authority: Authority) -> list[Place]:
        """The workspaces of the one who asks; for an API token just its own."""
        return await self._places(authority)

    async def get_many(self, authority: Authority, ids: Sequence[UUID]) -> dict[UUID, Place]:
        """Those of `ids` that are there for the one who asks."""
        return {place.workspace.id: place for place in await self._places(authority, ids=list(ids))}

    async def get(self, authority: Authority, workspace_id: UUID) -> Place | None:
        """A workspace by its id; None when it is not there, or not for the one who asks."""
        return next(iter(await self._places(authority, ids=[workspace_id])), None)

    async def by_slug(self, authority: Authority, slug: str) -> Place | None:
        """A workspace by its slug; None when it is not there, or not for the one who asks."""
        return next(iter(await self._places(authority, slug=slug)), None)

    async def role_in(self, authority: Authority, workspace_id: UUID) -> Role | None:
        """The role that holds now; None: no member, or the workspace is not there."""
        place = await self.get(authority, workspace_id)
        return place.role if place else None

    async def _places(
        self, authority: Authority, *, ids: list[UUID] | None = None, slug: str | None = None
    ) -> list[Place]:
        async with self.db.one() as connection:
            rows = await statements.every(
                connection,
                "places_of",
                user_id=authority.user_id,
                session_id=authority.session_id,
                token_id=authority.token_id,
                ids=ids,
                slug=slug,
            )
        return [Place(statements.workspace(cells), Role(cells["role"]), cells["since"]) for cells in rows]
