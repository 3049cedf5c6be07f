"""The life of a task is one table; what must be true of it is said here."""

import pytest

from models.lifecycle import ARROWS, FINAL, LEASED, Action, Nature, Status, Verb, arrows, end, nature, possible

ENGINE_VERBS = [verb for verb in Verb if verb not in set(Action)]


def test_only_one_arrow_leads_from_a_status_by_a_verb() -> None:
    keys = [(arrow.start, arrow.verb, kind) for arrow in ARROWS for kind in arrow.natures]
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize("of", Nature)
def test_completed_is_final_and_nothing_else_is(of: Nature) -> None:
    left = {arrow.start for arrow in ARROWS if of in arrow.natures}
    assert FINAL.isdisjoint(left)
    reachable = {arrow.end for arrow in ARROWS if of in arrow.natures} | {Status.NOT_STARTED}
    assert reachable - left == FINAL


@pytest.mark.parametrize("of", Nature)
def test_every_status_that_can_be_reached_can_still_complete(of: Nature) -> None:
    reaches = {Status.COMPLETED}
    while grown := {arrow.start for arrow in ARROWS if of in arrow.natures and arrow.end in reaches} - reaches:
        reaches |= grown
    assert {arrow.end for arrow in ARROWS if of in arrow.natures} <= reaches


def test_a_timer_never_waits_for_a_worker() -> None:
    ends = {arrow.end for arrow in ARROWS if Nature.TIMER in arrow.natures}
    assert ends == {Status.IN_PROGRESS, Status.PAUSED, Status.CANCELLED, Status.COMPLETED}


@pytest.mark.parametrize("status", sorted(LEASED))
@pytest.mark.parametrize("verb", [Verb.COMPLETED, Verb.FAILED, Verb.RECOVERED])
def test_whatever_a_worker_holds_can_end_and_be_recovered(status: Status, verb: Verb) -> None:
    assert end(status, verb, Nature.WORK) is not None


@pytest.mark.parametrize(
    ("status", "of", "actions"),
    [
        (Status.NOT_STARTED, Nature.TIMER, ["RUN"]),
        (Status.IN_PROGRESS, Nature.TIMER, ["PAUSE", "CANCEL"]),
        (Status.PAUSED, Nature.TIMER, ["RESUME", "CANCEL"]),
        (Status.CANCELLED, Nature.TIMER, ["RUN"]),
        (Status.COMPLETED, Nature.TIMER, []),
        (Status.FAILED, Nature.WORK, ["RUN"]),
        (Status.QUEUED, Nature.WORK, ["PAUSE", "CANCEL"]),
        (Status.PAUSING, Nature.WORK, ["RESUME", "CANCEL"]),
        (Status.CANCELLING, Nature.WORK, []),
        (Status.COMPLETED, Nature.WORK, []),
    ],
)
def test_people_may_ask_just_this(status: Status, of: Nature, actions: list[str]) -> None:
    assert [action.value for action in possible(status, of)] == actions


def test_work_that_was_asked_to_stop_says_what_happened_instead() -> None:
    assert end(Status.PAUSING, Verb.COMPLETED, Nature.WORK) is Status.COMPLETED
    assert end(Status.CANCELLING, Verb.COMPLETED, Nature.WORK) is Status.COMPLETED
    assert end(Status.CANCELLING, Verb.FAILED, Nature.WORK) is Status.CANCELLED


def test_the_engine_alone_claims_stops_and_recovers() -> None:
    assert [verb.value for verb in ENGINE_VERBS] == [
        "CLAIMED",
        "STOPPED",
        "COMPLETED",
        "FAILED",
        "RETRIED",
        "RECOVERED",
    ]
    assert arrows(Verb.STOPPED, Nature.TIMER) == {}


def test_only_the_kind_timer_needs_no_worker() -> None:
    assert nature("timer") is Nature.TIMER
    assert nature("command.backup") is Nature.WORK
