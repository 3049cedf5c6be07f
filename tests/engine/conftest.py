"""Fixtures for tests of the engine."""

import pytest_asyncio
from fixtures.room import Room, furnish

from models.database import Database


@pytest_asyncio.fixture
async def room(db: Database) -> Room:
    """An empty workspace with an admin."""
    return await furnish(db)
