"""New accounts: who may make one, and what comes with it: a workspace of one's own, or one that one is invited to."""

from sqlalchemy.ext.asyncio import AsyncConnection

from auth import audit, invitations, names, statements
from auth.client import Client
from auth.errors import SetUpTokenNeeded, SignUpClosed, Taken
from auth.founding import found_own
from auth.ground import Ground
from auth.keys import same
from auth.sessions import SignedIn
from auth.settings import SignUp
from models.authority import Authority
from models.base import new_id
from models.user import User

TAKEN = "There is an account with this e-mail address: sign in, or reset its password."


class SigningUp(Ground):
    """Makes accounts."""

    async def sign_up(
        self,
        client: Client,
        *,
        email: str,
        password: str,
        display_name: str,
        invitation: str | None = None,
        setup_token: str | None = None,
    ) -> SignedIn:
        """Make an account and sign in. The first one is the installation's admin.

        Raises `Invalid`, `WeakPassword`, `Taken`, `SignUpClosed`, `SetUpTokenNeeded`, `UnknownInvitation`, `Throttled`.
        """
        self.throttle.request(client.address)
        email, name = names.person(email, display_name)
        async with self.db.one() as connection:
            await self._may_sign_up(connection, email, invitation, setup_token)
        await self.passwords.check(password, email=email, name=name)
        hashed = await self.passwords.hash(password)
        async with self.db.transaction() as connection:
            first = await self._is_first(connection, setup_token)
            user = await insert(connection, email, name, hashed, admin=first)
            made = await self.open_session(connection, user, client, hashed)
            by = made.authority(client)
            await audit.record(connection, audit.Act.SIGNED_UP, by, subject=user.id)
            await found_own(connection, by, name)
            if invitation is not None:
                await invitations.accept(connection, by, user.email, invitation)
        return made

    async def create_user(
        self, client: Client, *, email: str, password: str, display_name: str, admin: bool = False
    ) -> User:
        """Make an account from the command line, whatever the policy. Raises `Invalid`, `WeakPassword`, `Taken`."""
        email, name = names.person(email, display_name)
        await self.passwords.check(password, email=email, name=name)
        hashed = await self.passwords.hash(password)
        async with self.db.transaction() as connection:
            first = not await someone(connection, alone=True)
            user = await insert(connection, email, name, hashed, admin=admin or first)
            await audit.record(connection, audit.Act.SIGNED_UP, client, subject=user.id, detail={"by": "command line"})
            own = Authority(user.id, address=client.address, request_id=client.request_id)
            await found_own(connection, own, name)
        return user

    async def setup_token(self) -> str | None:
        """What the first sign-up must show; None once there is an account, or where the address is loopback."""
        if self.settings.loopback:
            return None
        async with self.db.one() as connection:
            return None if await someone(connection) else self.keys.setup_token

    async def has_accounts(self) -> bool:
        """Whether anyone has an account yet."""
        async with self.db.one() as connection:
            return await someone(connection)

    async def _may_sign_up(
        self, connection: AsyncConnection, email: str, invitation: str | None, setup_token: str | None
    ) -> None:
        if not await someone(connection):
            return self._set_up(setup_token)
        if self.settings.sign_up is SignUp.CLOSED:
            raise SignUpClosed("New accounts are made by an admin here: ask one.")
        if invitation is not None:
            await invitations.look(connection, invitation, email)
        elif self.settings.sign_up is SignUp.INVITE:
            raise SignUpClosed
        return None

    async def _is_first(self, connection: AsyncConnection, setup_token: str | None) -> bool:
        """Whether this is the first account, while nobody else can make it."""
        if await someone(connection, alone=True):
            return False
        self._set_up(setup_token)
        return True

    def _set_up(self, setup_token: str | None) -> None:
        if not self.settings.loopback and not same(setup_token or "", self.keys.setup_token):
            raise SetUpTokenNeeded


async def insert(connection: AsyncConnection, email: str, name: str, hashed: str | None, *, admin: bool) -> User:
    """Write an account. Raises `Taken`."""
    cells = await statements.first(
        connection,
        "insert_user",
        id=new_id(),
        email=email,
        display_name=name,
        password_hash=hashed,
        is_instance_admin=admin,
    )
    if cells is None:
        raise Taken(TAKEN)
    return statements.user(cells)


async def someone(connection: AsyncConnection, *, alone: bool = False) -> bool:
    """Whether there is an account; with `alone` nobody else makes the first one until this transaction ends."""
    cells = await statements.first(connection, "has_accounts")
    if alone and cells and not cells["found"]:
        await statements.run(connection, "first_account_alone")
        cells = await statements.first(connection, "has_accounts")
    return bool(cells and cells["found"])
