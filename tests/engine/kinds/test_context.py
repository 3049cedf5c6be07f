"""What work sees: cursors, checkpoints, wishes, and the caps on what it says."""

import json
from typing import Any
from uuid import UUID

import pytest

from engine.kinds import Context, PutDown
from engine.kinds.context import Facts, Wish
from engine.kinds.journal import FULL, MAX_LINE, MAX_LINES, Journal, Line

TASK = UUID(int=7)


def context(checkpoint: Any = None, saved: list[Any] | None = None) -> Context:
    journal = Journal(checkpoint)

    async def save() -> None:
        if saved is not None:
            saved.append(kept(ctx))

    async def hold() -> None:
        raise AssertionError("nothing is held here")

    ctx = Context(Facts(TASK, 1, {}, f"{TASK}:1"), journal)
    ctx.serve(save=save, hold=hold)
    return ctx


def kept(ctx: Context) -> Any:
    return json.loads(ctx.journal.checkpoint() or "null")


async def taken(ctx: Context, items: list[str], stop_at: str | None = None) -> list[str]:
    seen: list[str] = []
    async for item in ctx.iterate(items):
        seen.append(item)
        if item == stop_at:
            ctx.ask(Wish.PAUSE)
    return seen


async def test_a_loop_goes_on_after_the_last_item_that_was_done() -> None:
    ctx = context()
    with pytest.raises(PutDown):
        await taken(ctx, ["a", "b", "c", "d"], stop_at="b")
    assert kept(ctx) == {"cursors": {"0": 2}, "state": None}
    assert (ctx.journal.fraction, ctx.journal.note) == (0.5, "2 of 4")
    assert await taken(context(kept(ctx)), ["a", "b", "c", "d"]) == ["c", "d"]


async def test_an_item_that_fails_is_not_done() -> None:
    ctx = context()
    with pytest.raises(ZeroDivisionError):
        async for item in ctx.iterate([1, 0, 2]):
            assert 1 / item
    assert ctx.journal.cursors == {"0": 1}


async def test_loops_that_follow_each_other_have_cursors_of_their_own() -> None:
    ctx = context({"cursors": {"0": 2, "1": 1}, "state": None})
    assert await taken(ctx, ["a", "b"]) == []
    assert await taken(ctx, ["x", "y"]) == ["y"]


async def test_a_loop_inside_a_loop_is_refused() -> None:
    ctx = context()
    with pytest.raises(RuntimeError, match="inside another"):
        async for _ in ctx.iterate([1]):
            await taken(ctx, ["a"])


async def test_a_checkpoint_is_saved_before_the_work_is_told_to_stop() -> None:
    saved: list[Any] = []
    ctx = context(saved=saved)
    ctx.ask(Wish.DRAIN)
    with pytest.raises(PutDown):
        await ctx.checkpoint({"page": 3})
    assert saved == [{"cursors": {}, "state": {"page": 3}}]


async def test_a_pause_can_be_withdrawn_and_a_cancel_cannot() -> None:
    ctx = context()
    ctx.ask(Wish.PAUSE)
    ctx.withdraw()
    ctx.stop_if_asked()
    ctx.ask(Wish.CANCEL)
    ctx.ask(Wish.PAUSE)
    ctx.withdraw()
    assert await ctx.asked() is Wish.CANCEL


def test_a_key_is_the_same_for_the_same_step_of_the_same_run() -> None:
    assert context().key(3) == context().key(3) == f"{TASK}:1:3"
    assert context().key() == f"{TASK}:1"


def test_lines_are_cut_and_the_last_one_says_that_the_log_is_full() -> None:
    journal = Journal()
    journal.log("x" * (MAX_LINE + 5) + "\nsecond\n", "out")
    for number in range(MAX_LINES + 10):
        journal.log(str(number), "out")
    lines = journal.take_lines()
    assert (len(lines), len(lines[0].text), lines[1]) == (MAX_LINES, MAX_LINE, Line("out", "second"))
    assert lines[-1].text == FULL
    assert journal.take_lines() == []


def test_what_postgres_cannot_keep_is_replaced() -> None:
    journal = Journal()
    journal.log("a\0b\ud800", "out")
    journal.advance(float("nan"), "c\0")
    assert journal.take_lines() == [Line("out", "a�b?")]
    assert (journal.fraction, journal.note) == (None, "c�")


def test_progress_stays_between_nothing_and_all() -> None:
    journal = Journal()
    journal.advance(7, None)
    assert journal.fraction == 1.0
    journal.advance(-1, "back")
    assert (journal.fraction, journal.note) == (0.0, "back")


def test_a_checkpoint_is_unsaved_until_it_is_written() -> None:
    journal = Journal({"cursors": {"0": 1}, "state": 5})
    assert journal.unsaved() is None
    journal.keep(6)
    assert journal.unsaved() == '{"cursors": {"0": 1}, "state": 6}'
    journal.saved(journal.checkpoint())
    assert journal.unsaved() is None


def test_a_state_that_is_changed_in_place_and_kept_again_is_unsaved() -> None:
    journal, state = Journal(), {"pages": [1]}
    journal.keep(state)
    journal.saved(journal.unsaved())
    state["pages"].append(2)
    assert journal.unsaved() is None
    journal.keep(state)
    assert journal.unsaved() == '{"cursors": {}, "state": {"pages": [1, 2]}}'


async def test_a_state_that_is_no_json_is_refused_where_it_is_given() -> None:
    with pytest.raises(TypeError):
        context().remember(object())
    with pytest.raises(ValueError, match="JSON"):
        await context().checkpoint(float("nan"))
