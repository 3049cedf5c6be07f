"""The table of a task's life, cell by cell, with real workers: each story is what its history must say, and has every arrow."""

from collections.abc import Sequence

import pytest
from fixtures.place import Place

from models.lifecycle import ARROWS, Action, Nature, Status, Verb, end
from models.task import Task

# What is asked while a worker is at it and hears nothing, what the work does then, how often it is tried, what the history
# says from the first claim on, and where the task stands in the end.
CELLS: list[tuple[str, str, int, str, Status]] = [
    ("", "deaf", 1, "COMPLETED", Status.COMPLETED),
    ("PAUSE", "deaf", 1, "PAUSE COMPLETED", Status.COMPLETED),
    ("CANCEL", "deaf", 1, "CANCEL COMPLETED", Status.COMPLETED),
    ("PAUSE RESUME", "deaf", 1, "PAUSE RESUME COMPLETED", Status.COMPLETED),
    ("PAUSE CANCEL", "deaf", 1, "PAUSE CANCEL COMPLETED", Status.COMPLETED),
    ("", "breaks", 2, "RETRIED CLAIMED FAILED", Status.FAILED),
    ("PAUSE", "breaks", 1, "PAUSE FAILED", Status.FAILED),
    ("PAUSE", "breaks", 2, "PAUSE RETRIED", Status.PAUSED),
    ("CANCEL", "breaks", 2, "CANCEL FAILED", Status.CANCELLED),
]
LOST: list[tuple[str, str, Status]] = [
    ("", "RECOVERED CLAIMED COMPLETED", Status.COMPLETED),
    ("PAUSE", "PAUSE RECOVERED", Status.PAUSED),
    ("CANCEL", "CANCEL RECOVERED", Status.CANCELLED),
]
QUEUED = "RUN PAUSE RESUME PAUSE CANCEL RUN CANCEL RUN CLAIMED COMPLETED"
STOPPED = "RUN CLAIMED PAUSE STOPPED CANCEL RUN CLAIMED CANCEL STOPPED"
ANEW = "RUN CLAIMED FAILED RUN CLAIMED FAILED"


async def at_work(place: Place, kind: str, attempts: int = 1) -> tuple[Task, str]:
    """A task that a worker is at, and the worker, which hears nothing from now on."""
    task = await place.run(kind, max_attempts=attempts)
    await place.shows("waiting")
    [owner] = await place.owners(task)
    place.crew.freeze(owner)
    return task, owner


async def ask(place: Place, task: Task, actions: str) -> None:
    for action in actions.split():
        await place.do(task, Action(action))


async def says(place: Place, task: Task, story: str) -> None:
    assert await place.verbs(task) == ["CREATED", *story.split()]


@pytest.mark.parametrize(("asked", "kind", "attempts", "story", "status"), CELLS)
async def test_work_that_is_over_before_it_hears_what_is_asked(
    place: Place, asked: str, kind: str, attempts: int, story: str, status: Status
) -> None:
    task, owner = await at_work(place, kind, attempts)
    try:
        await ask(place, task, asked)
        place.open()
    finally:
        place.crew.thaw(owner)
    ended = await place.stands_at(task, status)
    await says(place, task, f"RUN CLAIMED {story}")
    assert (ended.error == "it broke") == (kind == "breaks")


@pytest.mark.parametrize(("asked", "story", "status"), LOST)
async def test_work_whose_worker_is_not_heard_of(place: Place, asked: str, story: str, status: Status) -> None:
    task, owner = await at_work(place, "deaf")
    try:
        await ask(place, task, asked)
        await place.misses_its_worker(task, owner)
        place.open()
        await place.stands_at(task, status)
    finally:
        place.crew.thaw(owner)
    await says(place, task, f"RUN CLAIMED {story}")


async def test_work_that_no_worker_has_come_to_yet(place: Place) -> None:
    place.crew.freeze("w1", "w2")
    try:
        task = await place.make("at-once")
        await ask(place, task, QUEUED.removesuffix(" CLAIMED COMPLETED"))
    finally:
        place.crew.thaw("w1", "w2")
    await place.stands_at(task, Status.COMPLETED)
    await says(place, task, QUEUED)


async def test_work_that_hears_what_is_asked(place: Place) -> None:
    task = await place.run("steps", count=6, gate=3)
    await place.shows("waiting")
    await ask(place, task, "PAUSE")
    await place.stands_at(task, Status.PAUSED)
    await ask(place, task, "CANCEL RUN")
    (place.folder / "waiting").unlink()
    await place.shows("waiting")
    await ask(place, task, "CANCEL")
    await place.stands_at(task, Status.CANCELLED)
    await says(place, task, STOPPED)
    assert place.lines() == ["0", "1", "2", "3"] * 2  # from the start again, and the item at hand was done to its end


async def test_work_that_has_failed_is_run_anew(place: Place) -> None:
    task = await place.make("breaks")
    place.open()
    for _ in range(2):
        await ask(place, task, "RUN")
        await place.stands_at(task, Status.FAILED)
    await says(place, task, ANEW)


def arrows_of(story: Sequence[str]) -> set[tuple[Status, Verb]]:
    """The arrows that a history goes along."""
    found: set[tuple[Status, Verb]] = set()
    status: Status | None = Status.NOT_STARTED
    for verb in map(Verb, story):
        assert status is not None
        found.add((status, verb))
        status = end(status, verb, Nature.WORK)
    assert status is not None
    return found


def test_every_arrow_of_work_is_gone_along_in_one_of_these_stories() -> None:
    stories = [
        QUEUED,
        STOPPED,
        ANEW,
        *(f"RUN CLAIMED {cell[3]}" for cell in CELLS),
        *(f"RUN CLAIMED {lost[1]}" for lost in LOST),
    ]
    gone = set[tuple[Status, Verb]]().union(*(arrows_of(story.split()) for story in stories))
    assert gone == {(arrow.start, arrow.verb) for arrow in ARROWS if Nature.WORK in arrow.natures}
