"""A page of 50 tasks: ours beside the same rows by a hand-written statement on the bare driver; and how it grows.

`python -m bench.list [rows]` (200,000 unless said otherwise).
"""

import sys

from bench.ground import Ground, fill, ground, run, side_by_side, table
from bench.tables import Table, load
from engine import lists
from engine.counts import counts
from engine.filters import Filter
from models.lifecycle import Status
from models.task import TASK_COLUMNS

HAND = f"""
    select {", ".join(f"t.{name}" for name in TASK_COLUMNS)} from tasks t
    where t.workspace_id = $1 and t.deleted_at is null
      and exists (select from memberships where workspace_id = $1 and user_id = $2)
    order by t.created_at desc, t.id desc limit 51
"""


async def main() -> None:
    """Measure and print."""
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 200_000
    async with ground(10_000) as on:
        hand = f"by hand (asyncpg, dicts), {10_000:,} tasks"
        small = await side_by_side({hand: lambda: by_hand(on), **pages(on)}, times=50)
        table("A page of 50", small, hand)
        await fill(on, rows - 10_000)
        large = await side_by_side(pages(on), times=50)
        grown = Table(f"From 10,000 to {rows:,} tasks, load {load()}", ("asked", "times as long"))
        grown.note = "Not in the same minute: `bench.growth` asks both in turn."
        for name in large:
            grown.add(name, large[name] / small[name])
        grown.print()


async def by_hand(on: Ground) -> list[dict[str, object]]:
    """What a hand-written endpoint would do before it writes JSON."""
    return [dict(row) for row in await on.bare.fetch(HAND, on.workspace_id, on.admin.user_id)]


def pages(on: Ground):
    """Every way to look at the list."""

    def page(narrow: Filter = lists.ALL, order: lists.Order = lists.NEWEST):
        return lambda: lists.page(on.db, on.admin, on.workspace_id, first=50, filter=narrow, order=order)

    return {
        "newest first": page(),
        "by title": page(order=lists.Order(lists.OrderField.TITLE, descending=False)),
        "by priority": page(order=lists.Order(lists.OrderField.PRIORITY)),
        "one status": page(Filter(status=[Status.NOT_STARTED])),
        "a rare label": page(Filter(labels=["rare"])),
        "a rare word": page(Filter(search="c4ca4238a0b923820dcc")),
        "a common word": page(Filter(search="words")),
        "two words": page(Filter(search="task 77")),
        "a word that is nowhere": page(Filter(search="nowhere")),
        "counts by status": lambda: counts(on.db, on.admin, [on.workspace_id]),
    }


if __name__ == "__main__":
    run(main)
