"""What several tests of the server ask for."""

from collections.abc import AsyncGenerator
from pathlib import Path

import pytest
import pytest_asyncio
from fixtures.watching import Watching, watched

from models.database import Database


@pytest_asyncio.fixture
async def watching(
    db: Database, database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> AsyncGenerator[Watching]:
    """Somebody who polls."""
    async with watched(db, database_url, tmp_path, monkeypatch) as watching:
        yield watching
