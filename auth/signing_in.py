"""Signing in, staying signed in and signing out."""

from uuid import UUID

from auth import audit, names, sessions, statements
from auth.client import Client
from auth.errors import InvalidCredentials, NotFound, Unauthenticated
from auth.ground import Ground
from auth.principal import session_of
from auth.sessions import SignedIn
from models.authority import Authority
from models.database import Database
from models.session import Session
from models.user import User


class SigningIn(Ground):
    """Opens, continues and ends sessions."""

    async def sign_in(self, client: Client, *, email: str, password: str) -> SignedIn:
        """Sign in with a password. Raises `InvalidCredentials`, `Throttled`.

        An address that is not known, a disabled account and one without a password are refused with the same words,
        after the same work.
        """
        email = names.typed(email)
        async with self.throttle.password_check(email, client.address) as attempt:
            user, stored = await account(self.db, email)
            attempt.right = await self.passwords.matches(password, stored) and user is not None and not user.disabled
        if user is None or stored is None or not attempt.right:
            await self._failed(client, user, email)
            raise InvalidCredentials
        stored = await self._renewed(user, password, stored)
        return await self._begin(client, user, stored, {"with": "password"})

    async def refresh(self, client: Client, refresh_token: str) -> SignedIn:
        """Exchange a refresh token for a new one and an access token. Raises `Unauthenticated`, `SessionTooOld`."""
        return await sessions.refresh(self.db, self.keys, refresh_token, client, self.settings.session_days)

    async def sign_out(self, authority: Authority, *, everywhere: bool = False) -> bool:
        """End this session, or all of the account's. Raises `SessionNeeded`."""
        session = session_of(authority)
        async with self.db.transaction() as connection:
            if everywhere:
                await statements.run(connection, "revoke_sessions", user_id=authority.user_id, kept=None)
            else:
                await statements.run(connection, "revoke_session", id=session, user_id=authority.user_id)
            detail = {"everywhere": True} if everywhere else None
            await audit.record(connection, audit.Act.SIGNED_OUT, authority, subject=authority.user_id, detail=detail)
        return True

    async def leave(self, client: Client, before: str | None, now: SignedIn) -> None:
        """End the session that a browser held when it signed in anew: its token is overwritten there, and holds nowhere else.

        `before` is the refresh token that it brought. One that holds nothing any more ends nothing (ASVS 7.2.4).
        """
        if before is None:
            return
        try:
            left = await self.refresh(client, before)
        except Unauthenticated:
            return
        if left.session_id != now.session_id:
            await self.sign_out(left.authority(client))

    async def sessions_of(self, authority: Authority) -> list[Session]:
        """The sessions of one's own that hold now. Raises `SessionNeeded`."""
        session_of(authority)
        async with self.db.one() as connection:
            rows = await statements.every(connection, "sessions_of", user_id=authority.user_id)
        return [statements.session(cells) for cells in rows]

    async def revoke_session(self, authority: Authority, session_id: UUID) -> bool:
        """End one session of one's own. Raises `NotFound`, `SessionNeeded`."""
        session_of(authority)
        async with self.db.transaction() as connection:
            ended = await statements.first(connection, "revoke_session", id=session_id, user_id=authority.user_id)
            if ended is None:
                raise NotFound
            await audit.record(
                connection,
                audit.Act.SESSION_REVOKED,
                authority,
                subject=authority.user_id,
                detail={"session": str(session_id)},
            )
        return True

    async def _begin(self, client: Client, user: User, stored: str | None, detail: dict[str, object]) -> SignedIn:
        async with self.db.transaction() as connection:
            made = await self.open_session(connection, user, client, stored)
            await audit.record(connection, audit.Act.SIGNED_IN, made.authority(client), subject=user.id, detail=detail)
        return made

    async def _failed(self, client: Client, user: User | None, email: str) -> None:
        """The history of an account tells of attempts; an address without one costs as much: one row written."""
        async with self.db.one() as connection:
            if user is None:
                await statements.run(connection, "same_work", email=email)
            else:
                await audit.record(connection, audit.Act.SIGN_IN_FAILED, client, subject=user.id)

    async def _renewed(self, user: User, password: str, stored: str) -> str:
        """The stored hash, made anew where it has yesterday's parameters."""
        if not self.passwords.outdated(stored):
            return stored
        hashed = await self.passwords.hash(password)
        async with self.db.one() as connection:
            await statements.run(connection, "set_password_hash", user_id=user.id, hash=hashed, before=stored)
        return hashed


async def account(db: Database, email: str) -> tuple[User | None, str | None]:
    """The account of an e-mail address and the hash of its password, as far as there are such."""
    async with db.one() as connection:
        cells = await statements.first(connection, "account_by_email", email=email)
    return (statements.user(cells), cells["password_hash"]) if cells else (None, None)
