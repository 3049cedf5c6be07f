"""Passwords that change: by their owner, by a link that was mailed, by a link that an admin handed out."""

import logging
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from auth import audit, names, statements
from auth.audit import Act
from auth.client import Client
from auth.errors import Invalid, NotFound, Throttled, Unauthenticated, UnknownReset
from auth.ground import Ground
from auth.keys import fingerprint, new_token
from auth.mail import MailFailed
from auth.principal import Principal, instance_admin, session_of
from auth.sessions import SignedIn
from models.authority import Authority

MAILED_HOURS, HANDED_HOURS = 1, 24
MAILS_PER_HOUR = 3  # for one address
SUBJECT = "Choose a new password for Fermata"
TEXT = """Hello,

someone, probably you, asked for a link to choose a new password for Fermata:

{link}

It works once, within an hour. If it was not you, do nothing: your password stays as it is.
"""
_log = logging.getLogger(__name__)


class PasswordCare(Ground):
    """Changes passwords."""

    async def change_password(self, authority: Authority, *, current_password: str, new_password: str) -> None:
        """Choose another password; ends the other sessions. Raises `Invalid`, `WeakPassword`, `Throttled`."""
        session, person = session_of(authority), authority.user_id
        async with self.db.one() as connection:
            own = await statements.first(connection, "own_password", session_id=session, user_id=person)
        if own is None:
            raise Unauthenticated
        async with self.throttle.password_check(f"user:{person}", authority.address) as attempt:
            attempt.right = await self.passwords.matches(current_password, own["password_hash"])
        if not attempt.right:
            raise Invalid({"currentPassword": "This is not your password: type it again, or have a link sent."})
        await self._strong(new_password, own["email"], own["display_name"], "newPassword")
        hashed = await self.passwords.hash(new_password)
        async with self.db.transaction() as connection:
            changed = await statements.first(
                connection,
                "change_password",
                hash=hashed,
                before=own["password_hash"],
                user_id=person,
                session_id=session,
            )
            if changed is None:
                raise Unauthenticated
            await statements.run(connection, "revoke_sessions", user_id=person, kept=session)
            await audit.record(connection, Act.PASSWORD_CHANGED, authority, subject=person)

    async def request_reset(self, client: Client, email: str) -> None:
        """Have a link mailed, where there is an account and mail is set up. Nothing tells whether: not even the time.

        Raises `Throttled` for too many requests from one network.
        """
        self.throttle.request(client.address)
        email = names.typed(email)
        try:
            await self.throttle.count(f"reset:{email}", MAILS_PER_HOUR, 3600)
        except Throttled:
            return
        if self.mail is None:
            return
        token = new_token()
        async with self.db.one() as connection:
            found = await statements.first(
                connection,
                "request_reset",
                token_hash=fingerprint(token),
                email=email,
                user_id=None,
                hours=MAILED_HOURS,
            )
        if found:
            self.later(self._mail(found["email"], token))

    async def reset_password(self, client: Client, *, token: str, new_password: str) -> SignedIn:
        """Choose a new password by a link, and sign in; ends every other session.

        Raises `UnknownReset`, `WeakPassword`, `Throttled`.
        """
        self.throttle.request(client.address)
        async with self.db.one() as connection:
            cells = await statements.first(connection, "open_reset", token_hash=fingerprint(token))
        if cells is None:
            raise UnknownReset
        user = statements.user(cells)
        await self._strong(new_password, user.email, user.display_name, "newPassword")
        hashed = await self.passwords.hash(new_password)
        async with self.db.transaction() as connection:
            used = await statements.first(connection, "use_reset", token_hash=fingerprint(token), hash=hashed)
            if used is None:
                raise UnknownReset
            detail = {"by": "mail" if used["mailed"] else "hand"}
            await statements.run(connection, "revoke_sessions", user_id=user.id, kept=None)
            made = await self.open_session(connection, user, client, hashed)
            await audit.record(connection, Act.PASSWORD_RESET, made.authority(client), subject=user.id, detail=detail)
        await self.throttle.forget(user.email)
        return made

    async def reset_link(self, principal: Principal, user_id: UUID) -> str:
        """A link for someone else's account, which an admin of the installation hands out; good for a day, once.

        Raises `NotFound`, `InstanceAdminNeeded`, `SessionNeeded`.
        """
        by = instance_admin(principal)
        async with self.db.transaction() as connection:
            return await self._link(connection, by, email=None, user_id=user_id)

    async def reset_link_for(self, client: Client, email: str) -> str:
        """The same from the command line, by address. Raises `NotFound`."""
        async with self.db.transaction() as connection:
            return await self._link(connection, client, email=email, user_id=None)

    async def set_password(self, client: Client, *, email: str, password: str) -> None:
        """Set a password from the command line; ends every session of the account. Raises `NotFound`, `WeakPassword`."""
        async with self.db.one() as connection:
            cells = await statements.first(connection, "account_by_email", email=email)
        if cells is None:
            raise NotFound("There is no account with this e-mail address.")
        user = statements.user(cells)
        await self._strong(password, user.email, user.display_name, "password")
        hashed = await self.passwords.hash(password)
        async with self.db.transaction() as connection:
            await statements.run(connection, "put_password", hash=hashed, user_id=user.id)
            await statements.run(connection, "revoke_sessions", user_id=user.id, kept=None)
            detail = {"by": "command line"}
            await audit.record(connection, Act.PASSWORD_RESET, client, subject=user.id, detail=detail)
        await self.throttle.forget(user.email)

    async def _link(
        self, connection: AsyncConnection, by: Authority | Client, *, email: str | None, user_id: UUID | None
    ) -> str:
        token = new_token()
        found = await statements.first(
            connection,
            "request_reset",
            token_hash=fingerprint(token),
            email=email,
            user_id=user_id,
            hours=HANDED_HOURS,
        )
        if found is None:
            raise NotFound("There is no such account, or it is disabled.")
        await audit.record(connection, Act.RESET_LINK_MADE, by, subject=found["user_id"])
        return self.settings.reset_link(token)

    async def _strong(self, password: str, email: str, name: str, field: str) -> None:
        await self.passwords.check(password, email=email, name=name, field=field)

    async def _mail(self, email: str, token: str) -> None:
        if self.mail is None:
            return
        try:
            await self.mail.send(email, SUBJECT, TEXT.format(link=self.settings.reset_link(token)))
        except MailFailed as error:
            _log.warning("a mail was not sent: %s", error)
