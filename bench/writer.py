"""Somebody who goes on working while pages are read: a transition every few hundredths of a second, straight in the database."""

import asyncio
from asyncio import CancelledError
from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager, suppress
from itertools import cycle
from typing import cast
from uuid import UUID

from bench.ground import ALL
from bench.mutation import who
from bench.served import Served
from engine.hints import Hints
from engine.kinds import Catalogue
from engine.outcomes import Moved
from engine.tasks import Tasks
from models.authority import Authority
from models.database import Database
from models.lifecycle import Action
from server.connection import connection
from server.postgres_files import folder_of

A_SECOND = 20
_NEWEST = "select array(select id from tasks order by created_at desc, id desc limit 50)"


@asynccontextmanager
async def writing(server: Served) -> AsyncGenerator[None]:
    """The tasks of the first page are run, paused and cancelled in turn, `A_SECOND` transitions a second, while the block runs.

    No process that is measured has a part in it. Raises AssertionError for a transition that was refused.
    """
    url = folder_of(server.data_dir).url()
    async with connection(url, timeout=30) as found:
        ids = cast("list[UUID]", await found.fetchval(_NEWEST))
    db = Database(url.replace("postgresql://", "postgresql+asyncpg://", 1), size=1)
    writer = asyncio.create_task(_write(Tasks(db, Catalogue(), Hints()), Authority(*await who(server)), ids))
    try:
        yield
        if writer.done():
            await writer
    finally:
        writer.cancel()
        with suppress(CancelledError):
            await writer
        await db.close()


async def _write(tasks: Tasks, authority: Authority, ids: Sequence[UUID]) -> None:
    loop = asyncio.get_running_loop()
    due = loop.time()
    for action in cycle((Action.RUN, Action.PAUSE, Action.CANCEL)):
        for id in ids:
            outcome = await tasks.transition(authority, None, id, action, ALL)
            assert isinstance(outcome, Moved), outcome
            due = max(due + 1 / A_SECOND, loop.time())
            await asyncio.sleep(due - loop.time())
