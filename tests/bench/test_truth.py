"""The verdict after a storm passes what is right, and finds each fault that is planted."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

from bench.prove.caller import Acknowledged
from bench.prove.truth import Row, Truth, double, impossible, lateness, lost
from models.base import new_id
from models.event import Event
from models.lifecycle import Status

START = datetime(2026, 11, 28, 12, 0, tzinfo=UTC)
TASK = UUID(int=1)
S = Status


def event(version: int, action: str, start: Status | None, to: Status, elapsed: int, after_ms: int, key: str) -> Event:
    at = START + timedelta(milliseconds=after_ms)
    return Event(new_id(), new_id(), TASK, action, start, to, elapsed, version, None, None, None, None, key, at)


def truth() -> Truth:
    """A timer of a second, completed 7 ms late."""
    events = [
        event(1, "CREATED", None, S.NOT_STARTED, 0, 0, ""),
        event(2, "RUN", S.NOT_STARTED, S.IN_PROGRESS, 0, 100, "c0-2"),
        event(3, "PAUSE", S.IN_PROGRESS, S.PAUSED, 400, 500, "c0-3"),
        event(4, "RESUME", S.PAUSED, S.IN_PROGRESS, 400, 900, "c0-4"),
        event(5, "COMPLETED", S.IN_PROGRESS, S.COMPLETED, 1000, 1507, ""),
    ]
    return Truth({TASK: Row("c0-1", 1000, 5, "COMPLETED")}, {TASK: events})


def acknowledged() -> list[Acknowledged]:
    actions = ("CREATED", "RUN", "PAUSE", "RESUME")
    return [Acknowledged(TASK, number, action, f"c0-{number}") for number, action in enumerate(actions, start=1)]


def without_the_last(found: Truth) -> Truth:
    return Truth(found.tasks, {TASK: found.history[TASK][:-1]})


def test_what_is_right_has_no_fault() -> None:
    assert list(lost(truth(), acknowledged())) == []
    assert list(double(truth(), acknowledged())) == []
    assert list(impossible(truth())) == []
    assert [(due - START.timestamp(), round(late)) for due, late in lateness(truth())] == [(1.5, 7)]


def test_an_acknowledged_change_that_is_not_there_is_lost() -> None:
    later = Acknowledged(TASK, 6, "RUN", "c0-5")
    assert [fault.split(":")[0] for fault in lost(truth(), [*acknowledged(), later])] == ["c0-5"]
    other = Acknowledged(TASK, 3, "CANCEL", "c0-6")
    assert [fault.split(":")[0] for fault in lost(truth(), [other])] == ["c0-6"]
    elsewhere = Acknowledged(UUID(int=2), 1, "CREATED", "c0-7")
    assert [fault.split(":")[0] for fault in lost(truth(), [elsewhere])] == ["c0-7"]


def test_a_task_that_was_made_twice_for_one_key_is_found() -> None:
    there = truth()
    assert list(double(replace(there, tasks={**there.tasks, UUID(int=2): there.tasks[TASK]}), [])) == [
        "c0-1: made 2 times"
    ]


def test_a_change_that_was_done_twice_for_one_key_is_found() -> None:
    there = truth()
    events = [replace(one, reason="c0-3") if one.action == "RESUME" else one for one in there.history[TASK]]
    assert list(double(replace(there, history={TASK: events}), [])) == ["c0-3: done 2 times"]


def test_two_people_who_were_both_told_that_they_did_it_are_found() -> None:
    both = [*acknowledged(), Acknowledged(TASK, 3, "PAUSE", "c1-9")]
    assert list(double(truth(), both)) == [f"version 3 of {TASK} has 2 winners"]


def test_of_what_was_done_to_many_each_loss_and_each_second_time_is_found() -> None:
    there = truth()
    events = [replace(one, reason="many0-1") if one.action in ("RUN", "PAUSE") else one for one in there.history[TASK]]
    found = replace(there, history={TASK: events, UUID(int=2): events[:2]})
    assert list(double(found, [])) == ["many0-1: done 2 times"]  # in one task; in two it is as it should be
    said = [Acknowledged(TASK, None, "RESUME", key) for key in ("c0-4", "many0-7")]
    assert [fault.split(":")[0] for fault in lost(found, said)] == ["many0-7"]


def test_a_history_that_ends_elsewhere_than_its_task_stands_is_impossible() -> None:
    assert list(impossible(without_the_last(truth()))) == [
        "c0-1: stands at COMPLETED in version 5, and its history ends elsewhere"
    ]


def test_a_timer_that_came_early_is_impossible() -> None:
    there = truth()
    events = [
        replace(one, at=START + timedelta(milliseconds=1400)) if one.version == 5 else one
        for one in there.history[TASK]
    ]
    assert any("too early" in fault for fault in impossible(replace(there, history={TASK: events})))
