"""Shared systems: workspaces, members, invitations and API tokens."""

from datetime import datetime
from typing import Annotated

import strawberry

from gql.arguments import AtMost, UserId, WorkspaceId
from gql.context import Info
from gql.fields import mutation
from gql.ids import NodeType, key_of
from gql.types.membership import ApiToken, ApiTokenSecret, Invitation, InvitationSecret, Membership
from gql.types.workspace import Workspace

Name = Annotated[str, strawberry.argument(description="A name for people: 1 to 100 characters.")]
NewSlug = Annotated[
    str | None,
    strawberry.argument(
        description="Its name in addresses: small letters, digits and hyphens; null: made from the name."
    ),
]
Again = Annotated[str, strawberry.argument(description="The workspace's slug again, as a confirmation.")]
ForAddress = Annotated[
    str | None, strawberry.argument(description="For whom alone it is; null: for whoever has the link.")
]
Secret = Annotated[str, strawberry.argument(description="The secret of the invitation's link.")]
InvitationId = Annotated[strawberry.ID, strawberry.argument(description="The id of an invitation.")]
TokenId = Annotated[strawberry.ID, strawberry.argument(description="The id of an API token.")]
TokenName = Annotated[str, strawberry.argument(description="What the history calls the program.")]
Until = Annotated[
    datetime | None, strawberry.argument(description="Until when it works, in the future; null: until it is revoked.")
]


@strawberry.type(description="What can be done about workspaces and who is in them.")
class WorkspaceMutations:
    """A workspace always keeps an ADMIN."""

    @mutation("createWorkspace", "Make a workspace and become its ADMIN.")
    async def create_workspace(self, info: Info, name: Name, slug: NewSlug = None) -> Workspace:
        made = await info.context.services.workspaces.create(info.context.authority, name, slug)
        return await info.context.loaders.workspace_of(made.id)

    @mutation("renameWorkspace", "Give a workspace another name; its slug stays.")
    async def rename_workspace(self, info: Info, id: WorkspaceId, name: Name) -> Workspace:
        key = key_of(NodeType.WORKSPACE, id, "id")
        await info.context.services.workspaces.rename(info.context.authority, key, name)
        return await info.context.loaders.workspace_of(key)

    @mutation("deleteWorkspace", "Delete a workspace with everything in it, for good.")
    async def delete_workspace(self, info: Info, id: WorkspaceId, slug: Again) -> bool:
        key = key_of(NodeType.WORKSPACE, id, "id")
        await info.context.services.workspaces.delete(info.context.authority, key, slug)
        return True

    @mutation("inviteMember", "Make a link by which someone can join with a role.")
    async def invite_member(
        self, info: Info, workspace_id: WorkspaceId, role: AtMost, email: ForAddress = None
    ) -> InvitationSecret:
        key = key_of(NodeType.WORKSPACE, workspace_id, "workspaceId")
        services = info.context.services
        made = await services.workspaces.invite(info.context.authority, key, role, email)
        return InvitationSecret(
            invitation=Invitation.of(made.invitation),
            token=made.token,
            url=services.settings.invitation_link(made.token),
        )

    @mutation("acceptInvitation", "Join a workspace by an invitation.")
    async def accept_invitation(self, info: Info, token: Secret) -> Membership:
        who = info.context.who
        return Membership.of(await info.context.services.workspaces.accept(who.authority, who.user.email, token))

    @mutation("revokeInvitation", "Withdraw an invitation that is open.")
    async def revoke_invitation(self, info: Info, id: InvitationId) -> bool:
        key = key_of(NodeType.INVITATION, id, "id")
        await info.context.services.workspaces.revoke_invitation(info.context.authority, key)
        return True

    @mutation("setMemberRole", "Give a member another role; it holds from the next request on.")
    async def set_member_role(self, info: Info, workspace_id: WorkspaceId, user_id: UserId, role: AtMost) -> Membership:
        workspace = key_of(NodeType.WORKSPACE, workspace_id, "workspaceId")
        user = key_of(NodeType.USER, user_id, "userId")
        return Membership.of(
            await info.context.services.workspaces.set_role(info.context.authority, workspace, user, role)
        )

    @mutation("removeMember", "Take a member out of a workspace; anyone may take out themselves.")
    async def remove_member(self, info: Info, workspace_id: WorkspaceId, user_id: UserId) -> bool:
        workspace = key_of(NodeType.WORKSPACE, workspace_id, "workspaceId")
        user = key_of(NodeType.USER, user_id, "userId")
        await info.context.services.workspaces.remove_member(info.context.authority, workspace, user)
        return True

    @mutation("createApiToken", "Make a credential for a program, with at most one's own role.")
    async def create_api_token(
        self, info: Info, workspace_id: WorkspaceId, name: TokenName, role: AtMost, expires_at: Until = None
    ) -> ApiTokenSecret:
        key = key_of(NodeType.WORKSPACE, workspace_id, "workspaceId")
        made = await info.context.services.workspaces.create_token(info.context.authority, key, name, role, expires_at)
        return ApiTokenSecret(api_token=ApiToken.of(made.token), secret=made.secret)

    @mutation("revokeApiToken", "End an API token: one's own, or as an ADMIN anyone's.")
    async def revoke_api_token(self, info: Info, id: TokenId) -> bool:
        key = key_of(NodeType.API_TOKEN, id, "id")
        await info.context.services.workspaces.revoke_token(info.context.authority, key)
        return True
