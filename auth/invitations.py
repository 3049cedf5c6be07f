"""Invitations: a link that works once within seven days; for one e-mail address, or for whoever has it."""

from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncConnection

from auth import audit, statements
from auth.errors import Taken, UnknownInvitation
from auth.keys import fingerprint
from models.authority import Authority
from models.workspace import Invitation, Membership

DAYS = 7


@dataclass(frozen=True, slots=True)
class InvitationSecret:
    """A new invitation with the token that opens it: shown once."""

    invitation: Invitation
    token: str


async def look(connection: AsyncConnection, token: str, email: str) -> Invitation:
    """The invitation that `token` opens for `email`. Raises `UnknownInvitation`."""
    cells = await statements.first(connection, "open_invitation", token_hash=fingerprint(token), email=email)
    if cells is None:
        raise UnknownInvitation
    return statements.invitation(cells)


async def accept(connection: AsyncConnection, by: Authority, email: str, token: str) -> Membership:
    """Join by an invitation, in a transaction. Raises `UnknownInvitation`, `Taken` for one who is a member already."""
    invitation = await look(connection, token, email)
    await statements.run(connection, "lock_workspace", workspace_id=invitation.workspace_id)
    cells = await statements.first(
        connection, "accept_invitation", token_hash=fingerprint(token), email=email, user_id=by.user_id
    )
    if cells is None:
        await look(connection, token, email)
        raise Taken("You are a member of this workspace already: the invitation is still good for someone else.")
    await audit.record(
        connection,
        audit.Act.INVITATION_ACCEPTED,
        by,
        workspace=invitation.workspace_id,
        subject=by.user_id,
        detail={"invitation": str(invitation.id), "role": cells["role"]},
    )
    return statements.membership(cells)
