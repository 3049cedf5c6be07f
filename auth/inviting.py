"""Invitations, as admins of a workspace see them: make, list, withdraw."""

from uuid import UUID

from auth import audit, names, statements
from auth.audit import Act
from auth.errors import Forbidden, NotFound, Taken
from auth.invitations import DAYS, InvitationSecret
from auth.keys import fingerprint, new_token
from auth.rooms import Rooms, asking, person, require
from models.authority import Authority
from models.base import new_id
from models.role import Role
from models.workspace import Invitation


class Inviting(Rooms):
    """What admins do about invitations."""

    async def invite(
        self, authority: Authority, workspace_id: UUID, role: Role, email: str | None = None
    ) -> InvitationSecret:
        """Make an invitation that works once within seven days; with an address, only for the account of it.

        Raises `Invalid`, `NotFound`, `Forbidden`, `Taken` for one who is a member already.
        """
        email = names.email(email) if email else None
        token = new_token()
        async with self.locked(authority, workspace_id) as (connection, _):
            cells = await statements.first(
                connection,
                "invite",
                id=new_id(),
                email=email,
                role=role.value,
                token_hash=fingerprint(token),
                days=DAYS,
                **asking(authority, workspace_id),
            )
            if cells is None:
                await require(connection, authority, workspace_id, Role.ADMIN)
                raise NotFound
            member = await statements.first(connection, "is_member", workspace_id=workspace_id, email=email)
            if member and member["found"]:
                raise Taken("This address is that of a member already: change the role instead.")
            made = statements.invitation(cells)
            detail = {"invitation": str(made.id), "role": role.value, "email": masked(email)}
            await audit.record(connection, Act.MEMBER_INVITED, authority, workspace=workspace_id, detail=detail)
        return InvitationSecret(made, token)

    async def revoke_invitation(self, authority: Authority, invitation_id: UUID) -> None:
        """Withdraw an invitation that is open. Raises `NotFound`, `Forbidden`."""
        async with self.db.one() as connection:
            place = await statements.first(connection, "workspace_of_invitation", id=invitation_id, **person(authority))
        if place is None:
            raise NotFound
        workspace_id: UUID = place["workspace_id"]
        async with self.locked(authority, workspace_id) as (connection, _):
            asked = asking(authority, workspace_id)
            cells = await statements.first(connection, "revoke_invitation", id=invitation_id, **asked)
            if cells is None:
                await require(connection, authority, workspace_id, Role.ADMIN)
                raise NotFound
            detail = {"invitation": str(invitation_id), "role": cells["role"], "email": masked(cells["email"])}
            await audit.record(connection, Act.INVITATION_REVOKED, authority, workspace=workspace_id, detail=detail)

    async def invitations(self, authority: Authority, workspace_id: UUID) -> list[Invitation]:
        """Those that are neither accepted nor withdrawn, also such as are over. Raises `NotFound`, `Forbidden`."""
        async with self.db.one() as connection:
            rows = await statements.every(connection, "invitations", **asking(authority, workspace_id))
        if not rows:
            raise NotFound
        held = Role(rows[0]["held"])
        if held is not Role.ADMIN:
            raise Forbidden(needed=Role.ADMIN, role=held)
        return [statements.invitation(cells) for cells in rows if cells["id"] is not None]


def masked(email: str | None) -> str | None:
    """An address in the history, which every member reads: enough to recognise, too little to write to."""
    return f"{email[0]}…@{email.rpartition('@')[2]}" if email else None
