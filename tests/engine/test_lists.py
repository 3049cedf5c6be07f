"""Pages of tasks: every order, both ways, every filter; the truth is the same list in Python."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from fixtures import seed
from fixtures.room import Room
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from engine import lists
from engine.counts import counts
from engine.cursors import decode, encode
from engine.drafts import NewTask
from engine.errors import InvalidInput
from engine.filters import Filter
from engine.lists import Order, OrderField, Page
from engine.rows import PackedTasks, some_columns
from models.lifecycle import Action, Status
from models.task import TASK_COLUMNS, Task

ORDERS = [Order(field, descending) for field in OrderField for descending in (False, True)]


async def page(room: Room, order: Order = lists.NEWEST, filter: Filter = lists.ALL, **window: Any) -> Page:
    return await lists.page(room.db, room.admin, room.workspace_id, filter=filter, order=order, **window)


async def walk(room: Room, order: Order, size: int, *, backward: bool) -> list[Task]:
    """All pages, one after the other, with what each says about its neighbours checked."""
    found: list[Task] = []
    cursor: str | None = None
    while True:
        window: dict[str, Any] = {"last": size, "before": cursor} if backward else {"first": size, "after": cursor}
        got = await page(room, order, **window)
        further, back = (got.has_previous, got.has_next) if backward else (got.has_next, got.has_previous)
        assert back == (cursor is not None)
        found = got.rows + found if backward else found + got.rows
        if not further:
            return found
        assert len(got.rows) == size
        cursor = got.cursors[0 if backward else -1]


def sorted_as(tasks: list[Task], order: Order) -> list[Task]:
    return sorted(tasks, key=lambda task: (getattr(task, order.field), task.id), reverse=order.descending)


async def some(room: Room) -> list[Task]:
    """Tasks with many ties, in several creations."""
    titles = ["b", "a", "B", "ä", "a b", "", "z%_"]
    made: list[Task] = []
    for turn in range(4):
        drafts = [NewTask(title or "x", priority=n % 3 - 1, duration_ms=60_000) for n, title in enumerate(titles)]
        made += await room.make(*drafts)
        await room.do(made[turn], Action.RUN)
    found = await room.tasks.get_many(room.admin, [task.id for task in made])
    return list(found.values())


@pytest.mark.parametrize("order", ORDERS, ids=lambda order: order.name)
async def test_pages_of_every_size_and_way_put_together_are_the_list(room: Room, order: Order) -> None:
    truth = sorted_as(await some(room), order)
    for size in (3, 28, 100):
        for backward in (False, True):
            assert await walk(room, order, size, backward=backward) == truth, (size, backward)


@pytest.mark.every_postgres
@pytest.mark.parametrize("order", ORDERS, ids=lambda order: order.name)
async def test_a_page_that_is_read_in_one_piece_is_the_same_page(room: Room, order: Order) -> None:
    made = await some(room)
    await room.make(NewTask("ä 😀", "long", ["x", "ß"], kind="items", input={"items": ["a", "😀"]}))
    await room.tasks.transition(room.admin, None, made[3].id, Action.RUN, seed.OPERATE)
    for columns in (TASK_COLUMNS, some_columns(texts=True, rest=False), some_columns(texts=False, rest=False)):
        windows: list[dict[str, Any]] = [{"first": 5}, {"last": 5}, {"first": 100}]
        for window in windows:
            usual = await page(room, order, columns=columns, **window)
            packed = await page(room, order, columns=columns, packed=True, **window)
            assert isinstance(packed.found, PackedTasks)
            assert (packed.ends, packed.cursors) == (usual.ends, usual.cursors)
            assert (packed.has_next, packed.has_previous) == (usual.has_next, usual.has_previous)
            assert list(map(vars, packed.rows)) == list(map(vars, usual.rows))
            assert packed.pick([1, 3]).cursors == [usual.cursors[1], usual.cursors[3]]
    start = (await page(room, order, first=1)).cursors[0]
    deep = await page(room, order, packed=True, first=5, after=start)
    assert not isinstance(deep.found, PackedTasks)  # it is rarely read twice


async def test_a_page_between_two_cursors_holds_what_lies_between(room: Room) -> None:
    truth = sorted_as(await some(room), lists.NEWEST)
    every = await page(room, first=100)
    got = await page(room, first=100, after=every.cursors[3], before=every.cursors[9])
    assert got.rows == truth[4:9]


async def test_pages_are_stable_while_rows_come_and_go(room: Room) -> None:
    tasks = [await room.timer(f"t {n}") for n in range(9)]
    order = Order(OrderField.CREATED_AT, descending=False)
    first = await page(room, order, first=3)
    await room.tasks.delete(room.admin, None, tasks[2].id, seed.EDIT)  # the very row of the cursor
    await room.tasks.delete(room.admin, None, tasks[4].id, seed.EDIT)
    await room.timer("late")
    rest = await page(room, order, first=100, after=first.cursors[-1])
    assert [task.title for task in rest.rows] == ["t 3", "t 5", "t 6", "t 7", "t 8", "late"]


async def test_someone_elses_workspace_looks_empty(room: Room) -> None:
    await room.timer()
    stranger = await seed.person(room.db)
    got = await lists.page(room.db, stranger, room.workspace_id, first=10)
    assert (got.rows, got.has_next, got.has_previous) == ([], False, False)
    assert await lists.total(room.db, stranger, room.workspace_id) == 0
    assert await lists.total(room.db, stranger, room.workspace_id, Filter(search="timer")) == 0
    assert set((await counts(room.db, stranger, [room.workspace_id]))[room.workspace_id].values()) == {0}


FILTERS: list[tuple[Filter, Callable[[Task], bool]]] = [
    (Filter(status=[Status.IN_PROGRESS]), lambda task: task.status is Status.IN_PROGRESS),
    (Filter(status=[]), lambda _: False),
    (Filter(status=[Status.IN_PROGRESS, Status.NOT_STARTED], kind=["timer"]), lambda task: task.kind == "timer"),
    (Filter(kind=["items"]), lambda task: task.kind == "items"),
    (Filter(labels=["red"]), lambda task: "red" in task.labels),
    (Filter(labels=["red", "big"]), lambda task: {"red", "big"} <= set(task.labels)),
    (Filter(labels=[]), lambda _: True),
    (Filter(search="REPORT"), lambda task: "report" in (task.title + " " + task.description).lower()),
    (Filter(search="weekly report"), lambda task: "report" in task.title and "weekly" in task.description),
    (Filter(search="port wee"), lambda task: "report" in task.title and "weekly" in task.description),
    (Filter(search="100%"), lambda task: "100%" in task.title),
    (Filter(search="a_b"), lambda task: "a_b" in task.title),
    (Filter(search="c\\d"), lambda task: "c\\d" in task.title),
    (Filter(search="ÄRGER"), lambda task: "Ärger" in task.title),
    (Filter(search="Internationalisation"), lambda task: "internationalisation" in task.title),
    (Filter(search="ternationalisa 2f6c9d8e7b1a"), lambda task: "2F6C9D8E7B1A" in task.description),
    (Filter(search="daily nationalisation"), lambda _: False),
    (Filter(search="   "), lambda _: True),
    (Filter(search="nowhere"), lambda _: False),
]


@pytest.mark.every_postgres
@pytest.mark.parametrize(("narrow", "holds"), FILTERS, ids=[f"filter-{place}" for place in range(len(FILTERS))])
async def test_a_filter_lets_through_what_it_says(room: Room, narrow: Filter, holds: Callable[[Task], bool]) -> None:
    made = await room.make(
        NewTask("report", "weekly", ["red"], duration_ms=1000),
        NewTask("report", "daily", ["red", "big"], duration_ms=1000),
        NewTask("up to 100%", labels=["big"], duration_ms=1000),
        NewTask("100 percent, aXb", duration_ms=1000),
        NewTask("a_b and c\\d", duration_ms=1000),
        NewTask("Ärger", kind="items", input={"items": ["x"]}),
        NewTask("internationalisation", "of 02F6C9D8E7B1A3", duration_ms=1000),
        NewTask(
            "inter national ali satio n", "daily nat ion ali sat ion", duration_ms=1000
        ),  # all pieces, not the words
        NewTask("running", duration_ms=600_000),
    )
    tasks = [*made[:-1], await room.do(made[-1], Action.RUN)]
    truth = [task for task in sorted_as(tasks, lists.NEWEST) if holds(task)]
    assert (await page(room, filter=narrow, first=100)).rows == truth
    assert await lists.total(room.db, room.admin, room.workspace_id, narrow) == len(truth)


async def test_points_in_time_and_makers_narrow_too(room: Room) -> None:
    other = await seed.member(room.db, room.workspace_id)
    old = await room.timer("old")
    made = await room.tasks.create(other, room.workspace_id, [NewTask("new", duration_ms=60_000)], seed.CREATE)
    assert isinstance(made, list)
    new = made[0].task
    old = await room.do(old, Action.RUN)
    before = replace(old).created_at
    cases = [
        (Filter(created_by=other.user_id), [new]),
        (Filter(created_by=room.admin.user_id), [old]),
        (Filter(created_after=before), [new] if new.created_at > before else []),
        (Filter(created_before=new.created_at), [old] if before < new.created_at else []),
        (Filter(updated_after=old.updated_at - timedelta(milliseconds=1), status=[Status.IN_PROGRESS]), [old]),
        (Filter(created_after=datetime(2200, 1, 1, tzinfo=UTC)), []),
    ]
    for narrow, expected in cases:
        assert (await page(room, filter=narrow, first=10)).rows == expected, narrow


BAD_WINDOWS: list[dict[str, Any]] = [
    {},
    {"first": 0},
    {"first": -1},
    {"first": 101},
    {"last": 0},
    {"last": 101},
    {"first": 1, "last": 1},
]


@pytest.mark.parametrize("window", BAD_WINDOWS, ids=str)
async def test_a_page_of_another_size_is_refused(room: Room, window: dict[str, Any]) -> None:
    with pytest.raises(InvalidInput):
        await page(room, **window)


@settings(max_examples=300, deadline=None)
@given(st.one_of(st.text(max_size=80), st.binary(max_size=60).map(lambda raw: raw.decode("latin-1"))))
def test_garbage_is_not_a_cursor(garbage: str) -> None:
    for order in ORDERS:
        with pytest.raises(InvalidInput):
            decode(garbage, order.name, order.field.kind, "after")


def test_a_cursor_of_another_order_or_with_a_key_of_another_kind_is_refused() -> None:
    id = seed.new_id()
    now = datetime.now(UTC)
    cursors = [
        encode("title+", "x", id),
        encode("created_at-", "x", id),
        encode("created_at-", 2**80, id),
        encode("created_at+", now, id),
        encode("created_at-", now, id) + "!",
        encode("created_at-", now, id) * 100,
    ]
    for cursor in cursors:
        with pytest.raises(InvalidInput) as caught:
            decode(cursor, "created_at-", datetime, "after")
        assert caught.value.problems[0].path == "after"
    assert decode(encode("created_at-", now, id), "created_at-", datetime, "after") == (now, id)


@pytest.mark.every_postgres
async def test_counts_are_those_of_the_table_after_writers_met(room: Room) -> None:
    tasks = await room.make(*(NewTask("t", duration_ms=60_000) for _ in range(40)))
    await asyncio.gather(*(room.ask(task, Action.RUN) for task in tasks[:30]))
    await asyncio.gather(*(room.ask(task, Action.PAUSE) for task in tasks[:20]))
    await asyncio.gather(*(room.tasks.delete(room.admin, None, task.id, seed.EDIT) for task in tasks[15:40]))
    kept = (await counts(room.db, room.admin, [room.workspace_id]))[room.workspace_id]
    assert {status: count for status, count in kept.items() if count} == {Status.PAUSED: 15, Status.IN_PROGRESS: 10}
    assert await lists.total(room.db, room.admin, room.workspace_id) == 25
    async with room.db.one() as connection:
        live = (await connection.execute(text("select count(*) from tasks where deleted_at is null"))).scalar_one()
    assert live == 25
