"""API tokens: of one workspace, at most with their maker's role, shown once, stored hashed, named in the history."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from auth import audit, names, statements
from auth.audit import Act
from auth.backend import API_TOKEN
from auth.errors import Invalid, NotFound
from auth.keys import fingerprint, new_token
from auth.rooms import Rooms, asking, person, require
from models.authority import Authority
from models.base import new_id
from models.role import Role
from models.token import ApiToken

_MULTIPLY = "An API token makes others only where it is an ADMIN's: make this one yourself, on the page Tokens."


@dataclass(frozen=True, slots=True)
class ApiTokenSecret:
    """A new API token with its secret: shown once."""

    token: ApiToken
    secret: str


class ApiTokens(Rooms):
    """What is done about API tokens."""

    async def create_token(
        self, authority: Authority, workspace_id: UUID, name: str, role: Role, expires_at: datetime | None = None
    ) -> ApiTokenSecret:
        """Make an API token of at most one's own role. Raises `Invalid`, `NotFound`, `Forbidden`.

        An API token makes others only where it is an ADMIN's.
        """
        name = names.name(name)
        if expires_at is not None and expires_at.tzinfo is None:
            raise Invalid({"expiresAt": "This time says no zone: add Z for UTC."})
        secret = new_token(API_TOKEN)
        async with self.locked(authority, workspace_id) as (connection, _):
            cells = await statements.first(
                connection,
                "create_api_token",
                id=new_id(),
                name=name,
                role=role.value,
                secret_hash=fingerprint(secret),
                expires_at=expires_at,
                **asking(authority, workspace_id),
            )
            if cells is None:
                least, why = (Role.ADMIN, _MULTIPLY) if authority.token_id else (role, None)
                await require(connection, authority, workspace_id, least, why)
                raise Invalid({"expiresAt": "This is over already: choose a time in the future."})
            made = statements.api_token(cells)
            detail = {"token": str(made.id), "name": name, "role": role.value}
            await audit.record(
                connection,
                Act.TOKEN_CREATED,
                authority,
                workspace=workspace_id,
                subject=authority.user_id,
                detail=detail,
            )
        return ApiTokenSecret(made, secret)

    async def revoke_token(self, authority: Authority, token_id: UUID) -> None:
        """End an API token: one's own, or as an ADMIN anyone's. Raises `NotFound`, `Forbidden`."""
        async with self.db.one() as connection:
            place = await statements.first(connection, "workspace_of_api_token", id=token_id, **person(authority))
        if place is None:
            raise NotFound
        workspace_id: UUID = place["workspace_id"]
        async with self.locked(authority, workspace_id) as (connection, _):
            asked = asking(authority, workspace_id)
            cells = await statements.first(connection, "revoke_api_token", id=token_id, **asked)
            if cells is None:
                await require(connection, authority, workspace_id, Role.ADMIN)
                raise NotFound
            await audit.record(
                connection,
                Act.TOKEN_REVOKED,
                authority,
                workspace=workspace_id,
                subject=cells["created_by"],
                detail={"token": str(token_id), "name": cells["name"], "role": cells["role"]},
            )

    async def tokens(self, authority: Authority, workspace_id: UUID) -> list[ApiToken]:
        """Those that were not revoked, also such as are over: one's own, all of them for an ADMIN. Raises `NotFound`."""
        async with self.db.one() as connection:
            rows = await statements.every(connection, "api_tokens", **asking(authority, workspace_id))
        if not rows:
            raise NotFound
        return [statements.api_token(cells) for cells in rows if cells["id"] is not None]
