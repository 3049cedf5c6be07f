"""An unchanged poll: our probe beside `select 1` on the same pool; and how it grows with the number of tasks.

`python -m bench.feed [rows]` (200,000 unless said otherwise).
"""

import sys

from sqlalchemy import text

from bench.ground import Ground, fill, ground, run, side_by_side, table
from engine import feed


async def main() -> None:
    """Measure and print."""
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 200_000
    async with ground(10_000) as on:
        small = await measure(on)
        table("Nothing new, 10,000 tasks", small, "select 1")
        await fill(on, rows - 10_000)
        large = await measure(on)
        table(f"Nothing new, {rows:,} tasks", large, "select 1")


async def measure(on: Ground) -> dict[str, float]:
    """Milliseconds for each."""
    revision = await now(on)
    pair = (on.workspace_id, revision)
    return await side_by_side(
        {
            "select 1": lambda: one(on),
            "changed: one workspace": lambda: feed.changed(on.db, [pair]),
            "changed: 20 waiting probes in one": lambda: feed.changed(on.db, [pair] * 20),
            "changes since": lambda: feed.changes(on.db, on.admin, on.workspace_id, revision),
        }
    )


async def now(on: Ground) -> str:
    """The revision."""
    async with on.db.one() as connection:
        return await feed.snapshot(connection)


async def one(on: Ground) -> None:
    """The least that a question to PostgreSQL can cost here."""
    async with on.db.one() as connection:
        await connection.execute(text("select 1"))


if __name__ == "__main__":
    run(main)
