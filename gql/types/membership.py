"""Who may what in a workspace: members, invitations, API tokens."""

from datetime import datetime
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

import strawberry

from gql.context import Info
from gql.ids import NodeType, encode
from gql.types.enums import Role
from gql.types.node import Node
from models.token import ApiToken as TokenRecord
from models.workspace import Invitation as InvitationRecord
from models.workspace import Membership as Record

if TYPE_CHECKING:
    from gql.types.user import User
    from gql.types.workspace import Workspace


@strawberry.type(description="A person in a workspace, with a role.")
class Membership:
    """The row that every request reads anew."""

    user_key: strawberry.Private[UUID]
    workspace_key: strawberry.Private[UUID]

    role: Role = strawberry.field(description="What the person may do there.")
    since: datetime = strawberry.field(description="When the person joined.")

    @strawberry.field(description="The person.")
    async def user(self, info: Info) -> Annotated["User", strawberry.lazy("gql.types.user")]:
        return await info.context.loaders.user_of(self.user_key)

    @strawberry.field(description="The workspace.")
    async def workspace(self, info: Info) -> Annotated["Workspace", strawberry.lazy("gql.types.workspace")]:
        return await info.context.loaders.workspace_of(self.workspace_key)

    @classmethod
    def of(cls, row: Record) -> "Membership":
        """The record as it is served."""
        return cls(user_key=row.user_id, workspace_key=row.workspace_id, role=row.role, since=row.since)


@strawberry.type(description="An offer to join a workspace, by a link that works once.")
class Invitation(Node):
    """Open until it is accepted, withdrawn or over."""

    inviter: strawberry.Private[UUID | None]

    email: str | None = strawberry.field(description="For whom alone it is; null: for whoever has the link.")
    role: Role = strawberry.field(description="The role that it gives.")
    expires_at: datetime = strawberry.field(description="Until when it can be accepted.")

    @strawberry.field(description="Who made it; null when that account is gone.")
    async def invited_by(self, info: Info) -> Annotated["User", strawberry.lazy("gql.types.user")] | None:
        return await info.context.loaders.user(self.inviter)

    @classmethod
    def of(cls, row: InvitationRecord) -> "Invitation":
        """The record as it is served."""
        return cls(
            id=encode(NodeType.INVITATION, row.id),
            inviter=row.invited_by,
            email=row.email,
            role=row.role,
            expires_at=row.expires_at,
        )


@strawberry.type(description="A program's credential for one workspace.")
class ApiToken(Node):
    """The secret is shown once, when it is made."""

    maker: strawberry.Private[UUID]

    name: str = strawberry.field(description="What the history calls the program (`Event.via`).")
    role: Role = strawberry.field(description="What it may at most do; never more than its maker may.")
    created_at: datetime = strawberry.field(description="When it was made.")
    last_used_at: datetime | None = strawberry.field(description="When it was last used, to the minute.")
    expires_at: datetime | None = strawberry.field(description="Until when it works; null: until it is revoked.")

    @strawberry.field(description="Who made it.")
    async def created_by(self, info: Info) -> Annotated["User", strawberry.lazy("gql.types.user")]:
        return await info.context.loaders.user_of(self.maker)

    @classmethod
    def of(cls, row: TokenRecord) -> "ApiToken":
        """The record as it is served."""
        return cls(
            id=encode(NodeType.API_TOKEN, row.id),
            maker=row.created_by,
            name=row.name,
            role=row.role,
            created_at=row.created_at,
            last_used_at=row.last_used_at,
            expires_at=row.expires_at,
        )


@strawberry.type(description="A new invitation with the secret that its link holds.")
class InvitationSecret:
    """Shown once."""

    invitation: Invitation = strawberry.field(description="The invitation.")
    token: str = strawberry.field(description="The secret: `acceptInvitation` and `signUp` take it. Shown once.")
    url: str = strawberry.field(description="A link that holds it, to be sent to the person.")


@strawberry.type(description="A new API token with its secret.")
class ApiTokenSecret:
    """Shown once."""

    api_token: ApiToken = strawberry.field(description="The token.")
    secret: str = strawberry.field(description='What a program sends as "Authorization: Bearer …". Shown once.')
