"""The judge of histories passes what can have happened, and finds each fault that is planted."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from models.base import new_id
from models.event import Event
from models.history import Life, judge
from models.lifecycle import Status

START = datetime(2026, 11, 28, 12, 0, tzinfo=UTC)
S = Status


def event(version: int, action: str, start: Status | None, to: Status, elapsed: int, after_ms: int) -> Event:
    at = START + timedelta(milliseconds=after_ms)
    return Event(new_id(), new_id(), new_id(), action, start, to, elapsed, version, None, None, None, None, None, at)


def timer() -> Life:
    """A timer of 1,000 ms: paused after 400 ms, resumed, seen to be complete 7 ms late, and deleted."""
    events = [
        event(1, "CREATED", None, S.NOT_STARTED, 0, 0),
        event(2, "RUN", S.NOT_STARTED, S.IN_PROGRESS, 0, 100),
        event(3, "PAUSE", S.IN_PROGRESS, S.PAUSED, 400, 500),
        event(4, "EDITED", S.PAUSED, S.PAUSED, 400, 900),
        event(5, "RESUME", S.PAUSED, S.IN_PROGRESS, 400, 5_000),
        event(6, "COMPLETED", S.IN_PROGRESS, S.COMPLETED, 1_000, 5_607),
        event(7, "DELETED", S.COMPLETED, S.COMPLETED, 1_000, 6_000),
    ]
    return Life("timer", 1_000, events)


def work() -> Life:
    """Work that is paused, goes on, is lost with its worker, and is cancelled."""
    events = [
        event(1, "CREATED", None, S.NOT_STARTED, 0, 0),
        event(2, "RUN", S.NOT_STARTED, S.QUEUED, 0, 10),
        event(3, "CLAIMED", S.QUEUED, S.IN_PROGRESS, 0, 20),
        event(4, "PAUSE", S.IN_PROGRESS, S.PAUSING, 100, 120),
        event(5, "STOPPED", S.PAUSING, S.PAUSED, 150, 170),
        event(6, "RESUME", S.PAUSED, S.QUEUED, 150, 1_000),
        event(7, "CLAIMED", S.QUEUED, S.IN_PROGRESS, 150, 1_100),
        event(8, "RECOVERED", S.IN_PROGRESS, S.QUEUED, 170, 9_000),
        event(9, "CANCEL", S.QUEUED, S.CANCELLED, 0, 9_500),
    ]
    return Life("python.items", None, events)


@pytest.mark.parametrize("life", [timer(), work()])
def test_what_can_have_happened_passes(life: Life) -> None:
    assert judge(life) == []


def changed(life: Life, version: int, /, **fields: object) -> Life:
    events = [replace(e, **fields) if e.version == version else e for e in life.events]
    return replace(life, events=events)


def without(life: Life, version: int) -> Life:
    return replace(life, events=[e for e in life.events if e.version != version])


PLANTED: dict[str, tuple[Callable[[], Life], str]] = {
    "a lost event": (lambda: without(timer(), 3), "version 4 stands where 3 should"),
    "two winners": (lambda: changed(timer(), 4, version=3), "version 3 stands where 4 should"),
    "no creation": (lambda: changed(timer(), 1, action="EDITED"), "EDITED is event number 1"),
    "a life after deletion": (lambda: changed(timer(), 6, action="DELETED"), "DELETED after it was deleted"),
    "a torn chain": (lambda: changed(timer(), 5, from_status=S.CANCELLED), "but the task stood at PAUSED"),
    "a move without an arrow": (lambda: changed(timer(), 6, to_status=S.FAILED), "to FAILED, not to COMPLETED"),
    "a clock that goes back": (lambda: changed(timer(), 5, at=START), "before EDITED"),
    "time lost by a pause": (lambda: changed(timer(), 3, elapsed_ms=300), "added 300 ms, but 400 ms"),
    "a pause that counts": (lambda: changed(timer(), 5, elapsed_ms=900), "while the task stood at PAUSED"),
    "a cancel that keeps": (lambda: changed(work(), 9, elapsed_ms=5), "left 5 ms where 0 should be"),
    "more time than there was": (lambda: changed(work(), 5, elapsed_ms=900), "added 800 ms in 50 ms"),
    "a timer cut short": (lambda: changed(timer(), 6, elapsed_ms=999), "completed after 999 ms of 1000 ms"),
    "a timer too early": (
        lambda: changed(timer(), 6, at=START + timedelta(milliseconds=5_300)),
        "completed 300 ms after RESUME, too early",
    ),
}


@pytest.mark.parametrize("name", PLANTED)
def test_each_planted_fault_is_found(name: str) -> None:
    plant, words = PLANTED[name]
    assert any(words in fault for fault in judge(plant())), judge(plant())
