"""Accounts as their owners and the admins of the installation see them."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from uuid import UUID

from auth import audit, names, statements
from auth.audit import Act
from auth.client import Client
from auth.errors import InstanceAdminNeeded, Invalid, NotFound, Unauthenticated
from auth.ground import Ground
from auth.principal import Principal, instance_admin, session_of
from models.authority import Authority
from models.user import User

MOST = 100  # accounts a page


@dataclass(frozen=True, slots=True)
class UserPage:
    """A page of accounts in the order of their addresses, with a cursor for each."""

    rows: list[User]
    cursors: list[str]
    has_next: bool
    has_previous: bool


class People(Ground):
    """Profiles, and shutting accounts."""

    async def update_profile(self, authority: Authority, display_name: str) -> User:
        """Choose the name that others see. Raises `Invalid`, `SessionNeeded`."""
        session = session_of(authority)
        name = names.name(display_name, "displayName")
        async with self.db.transaction() as connection:
            await statements.every(connection, "lock_workspaces_of", user_id=authority.user_id)
            cells = await statements.first(
                connection, "update_profile", user_id=authority.user_id, session_id=session, display_name=name
            )
            if cells is None:
                raise Unauthenticated
            if cells["before"] != name:
                detail = {"displayName": {"before": cells["before"], "after": name}}
                await audit.record(connection, Act.PROFILE_UPDATED, authority, subject=authority.user_id, detail=detail)
        return statements.user(cells)

    async def set_user_disabled(self, principal: Principal, user_id: UUID, disabled: bool) -> User:
        """Shut an account, which ends its sessions, or open it again. One's own stays open.

        Raises `NotFound`, `Invalid`, `InstanceAdminNeeded`, `SessionNeeded`.
        """
        by = instance_admin(principal)
        if disabled and user_id == by.user_id:
            raise Invalid({"id": "You cannot shut your own account: another admin of the installation can."})
        return await self._set_disabled(by, user_id, disabled)

    async def disable(self, client: Client, email: str, disabled: bool) -> User:
        """The same from the command line, by address. Raises `NotFound`."""
        async with self.db.one() as connection:
            cells = await statements.first(connection, "account_by_email", email=email)
        if cells is None:
            raise NotFound("There is no account with this e-mail address.")
        return await self._set_disabled(client, cells["id"], disabled)

    async def users(
        self, authority: Authority, *, first: int | None = 50, after: str | None = None, search: str | None = None
    ) -> UserPage:
        """The accounts of the installation, for its admins. Raises `Invalid`, `InstanceAdminNeeded`, `SessionNeeded`."""
        limit = 50 if first is None else first
        if not 0 <= limit <= MOST:
            raise Invalid({"first": f"A page has 0 to {MOST} accounts."})
        asked = {"actor_id": authority.user_id, "session_id": session_of(authority)}
        async with self.db.one() as connection:
            admin = await statements.first(connection, "is_instance_admin", **asked)
            if admin is None or not admin["found"]:
                raise InstanceAdminNeeded
            rows = await statements.every(
                connection,
                "users",
                after=_opened(after) if after else None,
                search=_containing(search) if search else None,
                limit=limit + 1,
                **asked,
            )
        shown = rows[:limit]
        cursors = [_cursor(cells["sort"]) for cells in shown]
        return UserPage([statements.user(cells) for cells in shown], cursors, len(rows) > limit, bool(after))

    async def _set_disabled(self, by: Authority | Client, user_id: UUID, disabled: bool) -> User:
        known = by if isinstance(by, Authority) else None
        async with self.db.transaction() as connection:
            await statements.every(connection, "lock_workspaces_of", user_id=user_id)
            cells = await statements.first(
                connection,
                "set_disabled",
                user_id=user_id,
                disabled=disabled,
                actor_id=known.user_id if known else None,
                session_id=known.session_id if known else None,
            )
            if cells is None:
                raise NotFound
            if disabled:
                await statements.run(connection, "revoke_sessions", user_id=user_id, kept=None)
            if cells["before"] != disabled:
                act = Act.USER_DISABLED if disabled else Act.USER_ENABLED
                await audit.record(connection, act, by, subject=user_id)
        return statements.user(cells)


def _cursor(sort: str) -> str:
    return urlsafe_b64encode(json.dumps(sort).encode()).rstrip(b"=").decode()


def _opened(cursor: str) -> str:
    """What a cursor was made of. Raises `Invalid`."""
    try:
        found = json.loads(urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, str) or "\0" in found or not found.isprintable():
        raise Invalid({"after": "This is not a cursor of this list."})
    return found


def _containing(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return f"%{escaped}%"
