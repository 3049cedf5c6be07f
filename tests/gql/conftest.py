"""The real schema, asked in process as anyone."""

from collections.abc import AsyncGenerator, Generator

import pytest
import pytest_asyncio
from fixtures.surface import Asker, services
from fixtures.world import World, build

from auth.passwords import Passwords
from gql.context import Services
from models.database import Database


@pytest.fixture(scope="session")
def passwords() -> Generator[Passwords]:
    """A hasher that is as small as argon2id can be."""
    hasher = Passwords(memory_kib=64, queue=1000)
    yield hasher
    hasher.close()


@pytest_asyncio.fixture
async def surface(db: Database, passwords: Passwords) -> AsyncGenerator[Services]:
    """Everything that a process has."""
    made = services(db, passwords)
    yield made
    await made.watchers.close()


@pytest_asyncio.fixture
async def world(surface: Services) -> World:
    """A workspace with someone in every role."""
    return await build(surface)


@pytest.fixture
def execute(surface: Services) -> Asker:
    """Asks the schema: `await execute(text, variables, as_=someone)`."""
    return Asker(surface)
