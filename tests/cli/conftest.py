"""The server that a person at a terminal talks to."""

import sys
from collections.abc import AsyncGenerator
from pathlib import Path

import pytest_asyncio
import structlog
from fixtures.app import listening
from fixtures.terminal import Terminal, token


@pytest_asyncio.fixture
async def terminal(database_url: str, tmp_path: Path) -> AsyncGenerator[Terminal]:
    # What the server logs in this process is not what the command prints.
    structlog.configure(logger_factory=structlog.PrintLoggerFactory(file=sys.__stderr__))
    async with listening(database_url, tmp_path / "data") as (address, api):
        workspace = await api.sign_up()
        yield Terminal(
            tmp_path / "home", address, await token(api, workspace["id"]), workspace["slug"], api, workspace["id"]
        )
    structlog.reset_defaults()
