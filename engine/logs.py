"""The log of a task: lines that its work wrote, appended in batches. They are read by gql/slices.py."""

import time
from collections.abc import Mapping, Sequence
from uuid import UUID

from engine.kinds.journal import MAX_LINES, Line
from engine.statements import statement
from models.database import Database


async def append(db: Database, lines: Mapping[tuple[UUID, int], Sequence[Line]]) -> None:
    """Add lines to the logs of tasks, each with the epoch of the lease that it was written under."""
    now = time.monotonic()
    flat = [(id, epoch, (now - line.at) * 1000, line) for (id, epoch), added in lines.items() for line in added]
    values = {
        "ids": [id for id, *_ in flat],
        "epochs": [epoch for _, epoch, *_ in flat],
        "ages_ms": [age for *_, age, _ in flat],
        "streams": [line.stream for *_, line in flat],
        "texts": [line.text for *_, line in flat],
        "cap": MAX_LINES,
    }
    async with db.one() as connection:
        await connection.execute(statement("log_append"), values)
