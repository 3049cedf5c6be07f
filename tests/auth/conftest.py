"""Accounts on a real PostgreSQL, with a hasher that is as small as argon2id can be."""

from collections.abc import AsyncGenerator, Generator

import pytest
import pytest_asyncio
from fixtures.issuer import CLIENT_ID, PUBLIC, StrictIssuer, strict_issuer
from fixtures.people import CLIENT, PASSWORD, SignUp, Team, who

from auth.accounts import Accounts
from auth.keys import Keys
from auth.memberships import Workspaces
from auth.oidc import Providers
from auth.oidc_file import Provider
from auth.passwords import Passwords
from auth.sessions import SignedIn
from auth.settings import AuthSettings
from models.database import Database
from models.role import Role


@pytest.fixture(scope="session")
def passwords() -> Generator[Passwords]:
    hasher = Passwords(memory_kib=64, queue=1000)
    yield hasher
    hasher.close()


@pytest.fixture
def keys() -> Keys:
    return Keys(b"k" * 32)


@pytest.fixture
def accounts(db: Database, keys: Keys, passwords: Passwords) -> Accounts:
    return Accounts(db, keys, AuthSettings(), passwords=passwords)


@pytest.fixture
def workspaces(db: Database) -> Workspaces:
    return Workspaces(db)


@pytest.fixture
def sign_up(accounts: Accounts) -> SignUp:
    """Makes the account of `name`@example.com."""

    async def make(name: str) -> SignedIn:
        return await accounts.sign_up(
            CLIENT, email=f"{name}@example.com", password=PASSWORD, display_name=name.capitalize()
        )

    return make


@pytest_asyncio.fixture
async def team(sign_up: SignUp, workspaces: Workspaces) -> Team:
    people = {name: await sign_up(name) for name in ("admin", "editor", "operator", "viewer", "outsider")}
    made = await workspaces.create(who(people["admin"]), "The team")
    for name in ("editor", "operator", "viewer"):
        invited = await workspaces.invite(who(people["admin"]), made.id, Role(name.upper()))
        await workspaces.accept(who(people[name]), people[name].user.email, invited.token)
    return Team(made, people)


@pytest.fixture
def issuer() -> Generator[StrictIssuer]:
    with strict_issuer() as found:
        yield found


@pytest_asyncio.fixture
async def providers(issuer: StrictIssuer, keys: Keys) -> AsyncGenerator[Providers]:
    """The strict issuer, as the provider `strict`."""
    provider = Provider(name="strict", label="Strict", issuer=issuer.address, client_id=CLIENT_ID, client_secret="s")
    made = Providers([provider], keys, PUBLIC, timeout=60)
    yield made
    await made.close()
