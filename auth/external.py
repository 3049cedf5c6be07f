"""Accounts whose owners sign in with an identity provider.

An issuer's subject is the identity; the e-mail address only finds the account the first time, and only where the issuer
verified it. An account that was there before, without proof that its address is its owner's, might have been made by
someone else to lie in wait: its password, sessions and API tokens end when the true owner comes.
"""

from sqlalchemy.ext.asyncio import AsyncConnection

from auth import audit, names, statements
from auth.audit import Act
from auth.client import Client
from auth.errors import AccountShut, EmailUnverified, Invalid, SetUpTokenNeeded, SignUpClosed, Taken
from auth.founding import found_own
from auth.id_tokens import Identity
from auth.sessions import SignedIn
from auth.settings import SignUp
from auth.signing_up import SigningUp, insert, someone
from models.base import new_id
from models.user import User


class External(SigningUp):
    """Signs in whom an issuer vouches for."""

    async def sign_in_as(self, client: Client, identity: Identity) -> SignedIn:
        """Sign in, link the account of the verified address, or make one as the sign-up policy allows.

        Raises `AccountShut`, `EmailUnverified`, `SignUpClosed`, `SetUpTokenNeeded`, `Throttled`.
        """
        self.throttle.request(client.address)
        try:
            return await self._sign_in_as(client, identity)
        except Taken:  # by a request of the same person at the same moment: now it is there
            return await self._sign_in_as(client, identity)

    async def _sign_in_as(self, client: Client, identity: Identity) -> SignedIn:
        async with self.db.transaction() as connection:
            cells = await _known(connection, identity)
            fresh = cells is None
            if cells is None:
                cells = await self._find_or_make(connection, client, identity)
            user = statements.user(cells)
            if user.disabled:
                raise AccountShut
            made = await self.open_session(connection, user, client, cells["password_hash"])
            if cells["made"]:
                await audit.record(connection, Act.SIGNED_UP, made.authority(client), subject=user.id)
                await found_own(connection, made.authority(client), user.display_name)
            detail = {"with": identity.provider} | ({"linked": True} if fresh and not cells["made"] else {})
            await audit.record(connection, Act.SIGNED_IN, made.authority(client), subject=user.id, detail=detail)
        return made

    async def _find_or_make(self, connection: AsyncConnection, client: Client, identity: Identity) -> statements.Cells:
        """The account of the verified address, linked from now on; made where there was none."""
        if identity.email is None:
            raise EmailUnverified
        email = names.email(identity.email)
        cells = await statements.first(connection, "account_by_email", email=email)
        if cells is not None and cells["disabled"]:
            return cells | {"made": False}
        if cells is not None:
            cells |= {"made": False, "password_hash": await _trusted(connection, client, cells)}
        else:
            user = await self._make(connection, email, identity)
            cells = {name: getattr(user, name) for name in User.__dataclass_fields__}
            cells |= {"made": True, "password_hash": None}
        linked = await statements.first(
            connection,
            "link_identity",
            id=new_id(),
            user_id=cells["id"],
            issuer=identity.issuer,
            subject=identity.subject,
        )
        if linked is None:
            raise Taken
        return cells

    async def _make(self, connection: AsyncConnection, email: str, identity: Identity) -> User:
        first = not await someone(connection, alone=True)
        if first and not self.settings.loopback:
            raise SetUpTokenNeeded
        if not first and self.settings.sign_up is not SignUp.OPEN:
            invited = await statements.first(connection, "is_invited", email=email)
            if self.settings.sign_up is SignUp.CLOSED or invited is None or not invited["found"]:
                raise SignUpClosed
        return await insert(connection, email, _called(identity, email), None, admin=first)


def _called(identity: Identity, email: str) -> str:
    """As the issuer says, or where that is no name here, as the address begins."""
    try:
        return names.name((identity.name or "")[: names.LONGEST_NAME])
    except Invalid:
        return names.name(email.partition("@")[0])


async def _known(connection: AsyncConnection, identity: Identity) -> statements.Cells | None:
    cells = await statements.first(connection, "account_by_identity", issuer=identity.issuer, subject=identity.subject)
    return cells and cells | {"made": False}


async def _trusted(connection: AsyncConnection, client: Client, cells: statements.Cells) -> str | None:
    """The password that holds from now on: none, where nobody had shown yet that the address is theirs."""
    ended = await statements.first(connection, "distrust_account", user_id=cells["id"])
    if ended is None:
        return cells["password_hash"]
    await statements.run(connection, "revoke_sessions", user_id=cells["id"], kept=None)
    detail = {"why": "the address was proved by an identity provider", "password": "removed"}
    await audit.record(connection, Act.SESSION_REVOKED, client, subject=cells["id"], detail=detail)
    return None
