"""The log of a task: who reads it, how much it takes, and how results are cut."""

from uuid import UUID

import pytest
from fixtures import seed
from fixtures.desk import Desk
from sqlalchemy import text

from engine import logs
from engine.endings import MAX_TEXT, capped
from engine.errors import InvalidInput
from engine.kinds.journal import Line


async def test_a_log_is_read_in_pages_by_those_who_may_see_the_task(desk: Desk) -> None:
    lease = await desk.claimed(desk.worker("w1"))
    await logs.append(desk.db, {lease.pair: [Line("out", str(number)) for number in range(5)]})
    first = await logs.page(desk.db, desk.admin, lease.id, first=3)
    rest = await logs.page(desk.db, desk.admin, lease.id, first=3, after=first.cursors[-1])
    assert [[line.text for line in page.lines] for page in (first, rest)] == [["0", "1", "2"], ["3", "4"]]
    assert (first.has_next, rest.has_next) == (True, False)
    stranger = await seed.person(desk.db)
    assert (await logs.page(desk.db, stranger, lease.id, first=3)).lines == []


async def test_a_log_takes_ten_thousand_lines(desk: Desk) -> None:
    lease = await desk.claimed(desk.worker("w1"))
    await logs.append(desk.db, {lease.pair: [Line("out", "x") for _ in range(9_999)]})
    for _ in range(3):
        await logs.append(desk.db, {lease.pair: [Line("out", "y")]})
    async with desk.db.one() as connection:
        assert (await connection.execute(text("select count(*) from logs"))).scalar_one() == 10_000


@pytest.mark.parametrize(("first", "after"), [(0, None), (1001, None), (5, "x"), (5, "WzFd")])
async def test_a_page_of_a_log_that_cannot_be_is_refused(desk: Desk, first: int, after: str | None) -> None:
    with pytest.raises(InvalidInput):
        await logs.page(desk.db, desk.admin, UUID(int=0), first=first, after=after)


def test_a_result_that_is_too_long_is_cut_and_says_so() -> None:
    assert capped("short\0") == "short�"
    cut = capped("é" * MAX_TEXT)
    assert len(cut.encode()) <= MAX_TEXT
    assert cut.endswith("é… (cut off)")
