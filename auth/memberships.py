"""Workspaces and their members. Each statement reads the role that holds in that moment; what is not one's own is not there."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from auth import audit, invitations, names, statements
from auth.api_tokens import ApiTokens
from auth.audit import Act
from auth.errors import Invalid, LastAdmin, NotFound
from auth.founding import found
from auth.inviting import Inviting
from auth.rooms import asking, holding, require
from models.authority import Authority
from models.role import Role
from models.workspace import Membership, Workspace


@dataclass(frozen=True, slots=True)
class Place:
    """A workspace as one sees it: with the role that one has there now, and since when."""

    workspace: Workspace
    role: Role
    since: datetime


class Workspaces(Inviting, ApiTokens):
    """All that may be asked of workspaces; invitations and API tokens have files of their own."""

    async def create(self, authority: Authority, name: str, slug: str | None = None) -> Workspace:
        """Make a workspace and become its admin. Raises `Invalid`, `Taken`, `SessionNeeded`, `Unauthenticated`."""
        async with self.across.transaction() as connection:
            await holding(connection, authority)
            return await found(connection, authority, name, slug)

    async def rename(self, authority: Authority, workspace_id: UUID, name: str) -> Workspace:
        """Give another name. Raises `Invalid`, `NotFound`, `Forbidden`."""
        name = names.name(name)
        async with self.locked(authority, workspace_id) as (connection, before):
            asked = asking(authority, workspace_id)
            cells = await statements.first(connection, "rename_workspace", name=name, **asked)
            if cells is None:
                await require(connection, authority, workspace_id, Role.ADMIN)
                raise NotFound
            detail = {"name": {"before": before.name, "after": name}}
            await audit.record(connection, Act.WORKSPACE_RENAMED, authority, workspace=workspace_id, detail=detail)
        return statements.workspace(cells)

    async def delete(self, authority: Authority, workspace_id: UUID, slug: str) -> None:
        """Delete a workspace with all that is in it; `slug` says that it is meant.

        Raises `Invalid`, `NotFound`, `Forbidden`.
        """
        async with self.locked(authority, workspace_id) as (connection, before):
            asked = asking(authority, workspace_id)
            if await statements.first(connection, "delete_workspace", slug=slug, **asked) is None:
                await require(connection, authority, workspace_id, Role.ADMIN)
                raise Invalid({"slug": "This is not the slug of the workspace: type it as its address shows it."})
            detail = {"name": before.name, "slug": before.slug}
            await audit.record(connection, Act.WORKSPACE_DELETED, authority, workspace=workspace_id, detail=detail)

    async def accept(self, authority: Authority, email: str, token: str) -> Membership:
        """Join by an invitation; `email` is the account's.

        Raises `UnknownInvitation`, `Taken`, `SessionNeeded`, `Unauthenticated`.
        """
        async with self.across.transaction() as connection:
            await holding(connection, authority)
            return await invitations.accept(connection, authority, email, token)

    async def set_role(self, authority: Authority, workspace_id: UUID, user_id: UUID, role: Role) -> Membership:
        """Give a member another role. Raises `NotFound`, `Forbidden`, `LastAdmin`."""
        async with self.locked(authority, workspace_id) as (connection, _):
            asked = asking(authority, workspace_id)
            cells = await statements.first(connection, "set_role", user_id=user_id, role=role.value, **asked)
            if cells is None:
                await require(connection, authority, workspace_id, Role.ADMIN)
                raise await _last_or_missing(connection, workspace_id, user_id)
            if cells["before"] != role.value:
                await _tell(
                    connection,
                    Act.MEMBER_ROLE_SET,
                    authority,
                    workspace_id,
                    user_id,
                    {"role": {"before": cells["before"], "after": role.value}},
                )
        return statements.membership(cells)

    async def remove_member(self, authority: Authority, workspace_id: UUID, user_id: UUID) -> None:
        """Take a member out, or leave in person; ends the API tokens that they made here.

        Raises `NotFound`, `Forbidden`, `LastAdmin`.
        """
        async with self.locked(authority, workspace_id) as (connection, _):
            asked = asking(authority, workspace_id)
            gone = await statements.first(connection, "remove_member", user_id=user_id, **asked)
            if gone is None:
                leaving = user_id == authority.user_id and authority.token_id is None
                await require(connection, authority, workspace_id, Role.VIEWER if leaving else Role.ADMIN)
                raise await _last_or_missing(connection, workspace_id, user_id)
            detail = {"role": gone["role"], "left": user_id == authority.user_id}
            await _tell(connection, Act.MEMBER_REMOVED, authority, workspace_id, user_id, detail)

    async def members(self, authority: Authority, workspace_id: UUID) -> list[Membership]:
        """The members, in the order in which they joined. Raises `NotFound`."""
        async with self.db.one() as connection:
            rows = await statements.every(connection, "members", **asking(authority, workspace_id))
        if not rows:
            raise NotFound
        return [statements.membership(cells) for cells in rows]

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


async def _last_or_missing(connection: AsyncConnection, workspace_id: UUID, user_id: UUID) -> LastAdmin | NotFound:
    """Why an admin could not change a member: it is the last admin, or no member at all."""
    member = await statements.first(connection, "member", workspace_id=workspace_id, user_id=user_id)
    return LastAdmin() if member else NotFound()


async def _tell(
    connection: AsyncConnection,
    act: Act,
    authority: Authority,
    workspace_id: UUID,
    user_id: UUID,
    detail: Mapping[str, object],
) -> None:
    await audit.record(connection, act, authority, workspace=workspace_id, subject=user_id, detail=detail)
