"""People, and their sessions."""

from datetime import datetime
from uuid import UUID

import strawberry

from gql.context import Info
from gql.errors import Forbidden
from gql.fields import told_field
from gql.ids import NodeType, encode
from gql.types.membership import Membership
from gql.types.node import Node, PageInfo
from models.role import Role
from models.session import Session as SessionRecord
from models.user import User as Record


@strawberry.type(description="A sign-in of a person, in one browser or program.")
class Session:
    """Revoked, it ends with the next request that uses it."""

    id: strawberry.ID = strawberry.field(description="Opaque; `revokeSession` takes it.")
    created_at: datetime = strawberry.field(description="When the person signed in.")
    last_used_at: datetime = strawberry.field(
        description="When it was last refreshed: within ten minutes of its last use."
    )
    user_agent: str = strawberry.field(description="What the browser or program calls itself.")
    current: bool = strawberry.field(description="Whether it is the session of this request.")

    @classmethod
    def of(cls, row: SessionRecord, current: UUID | None) -> "Session":
        """The record as it is served; `current` is the session of the request."""
        return cls(
            id=encode(NodeType.SESSION, row.id),
            created_at=row.created_at,
            last_used_at=row.last_used_at,
            user_agent=row.user_agent,
            current=row.id == current,
        )


@strawberry.type(description="A person's account.")
class User(Node):
    """Seen by oneself, by those who share a workspace, and by admins of the installation."""

    key: strawberry.Private[UUID]
    address: strawberry.Private[str]

    display_name: str = strawberry.field(description="The name that others see.")
    is_instance_admin: bool = strawberry.field(description="Whether the person looks after this installation.")
    disabled: bool = strawberry.field(
        description="Whether the account is shut: it can do nothing until it is opened again."
    )
    created_at: datetime = strawberry.field(description="When the account was made.")

    @strawberry.field(description="The e-mail address: only to oneself and to admins of a shared workspace.")
    async def email(self, info: Info) -> str:
        if not await info.context.loaders.sees_address_of(self.key):
            raise Forbidden(
                "The e-mail address of a person is for themselves and for admins of a workspace that they are in.",
                required_role=Role.ADMIN,
            )
        return self.address

    @told_field(description="The workspaces that the person is a member of: one's own only.")
    async def workspaces(self, info: Info) -> list[Membership]:
        info.context.oneself(self.key, "Only a person's own list of workspaces can be read.")
        return await info.context.loaders.memberships()

    @told_field(description="The sessions that have not ended, the latest used first: one's own only.")
    async def sessions(self, info: Info) -> list[Session]:
        principal = info.context.oneself(self.key, "Only a person's own sessions can be read.")
        info.context.reading.untracked()
        rows = await info.context.services.accounts.sessions_of(principal.authority)
        return [Session.of(row, principal.authority.session_id) for row in rows]

    @classmethod
    def of(cls, row: Record) -> "User":
        """The record as it is served."""
        return cls(
            id=encode(NodeType.USER, row.id),
            key=row.id,
            address=row.email,
            display_name=row.display_name,
            is_instance_admin=row.is_instance_admin,
            disabled=row.disabled,
            created_at=row.created_at,
        )


@strawberry.type(description="A user, and where in the list.")
class UserEdge:
    """Of `Query.users`."""

    node: User = strawberry.field(description="The user.")
    cursor: str = strawberry.field(description="Opaque; pass it as `after`.")


@strawberry.type(description="A page of users.")
class UserConnection:
    """Of `Query.users`."""

    edges: list[UserEdge] = strawberry.field(description="The users with their cursors.")
    nodes: list[User] = strawberry.field(description="The same users without.")
    page_info: PageInfo = strawberry.field(description="Where this page lies in the list.")
