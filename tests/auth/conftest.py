"""Accounts on a real PostgreSQL, with a hasher that is as small as argon2id can be."""

from collections.abc import Generator

import pytest
import pytest_asyncio
from fixtures.people import CLIENT, PASSWORD, SignUp, Team, who

from auth.accounts import Accounts
from auth.keys import Keys
from auth.memberships import Workspaces
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
