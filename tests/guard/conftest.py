"""What the tests of guards ask the schema with, in process."""

from collections.abc import AsyncGenerator

import pytest_asyncio
from fixtures.surface import services

from auth.passwords import Passwords
from gql.context import Services
from models.database import Database


@pytest_asyncio.fixture
async def surface(db: Database) -> AsyncGenerator[Services]:
    """Everything that a process has, with a hasher that is as small as argon2id can be."""
    hasher = Passwords(memory_kib=64, queue=1000)
    made = services(db, hasher)
    yield made
    await made.watchers.close()
    hasher.close()
