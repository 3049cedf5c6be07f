"""What was lost and what was done twice in a rolling restart: answers, histories and followers, held against each other."""

import asyncio
import time
from collections.abc import Iterator, Sequence

from bench.prove.faults import differences
from bench.prove.truth import Truth, double, impossible, lost, read
from bench.rolling.follower import Follower
from bench.rolling.people import People
from bench.rolling.steady import Tally
from bench.tables import Table, load
from models.database import Database

CAUGHT_UP_SECONDS = 30.0


async def judged(url: str, people: People, followers: Sequence[Follower]) -> list[str]:
    """Faults, once nobody asks any more: of changes, of their histories, and of those who follow them."""
    people.finish()
    db = Database(url, size=1, timeout=10)
    try:
        truth = await read(db)
    finally:
        await db.close()
    theirs = of_the_people(truth, people)
    until = time.monotonic() + CAUGHT_UP_SECONDS
    while any(differences(theirs, one.seen) for one in followers) and time.monotonic() < until:  # noqa: ASYNC110 - they have no event for it
        await asyncio.sleep(0.1)
    return list(faults(theirs, people, followers))


def of_the_people(truth: Truth, people: People) -> Truth:
    """Without what was there before they came: tasks of which no title is a mark of theirs."""
    tasks = {key: row for key, row in truth.tasks.items() if row.title.startswith(people.sign)}
    return Truth(tasks, {key: truth.history[key] for key in tasks})


def faults(truth: Truth, people: People, followers: Sequence[Follower]) -> Iterator[str]:
    """One sentence each."""
    yield from (f"lost: {fault}" for fault in lost(truth, people.acknowledged))
    yield from (f"done twice: {fault}" for fault in double(truth, people.acknowledged))
    yield from (f"impossible: {fault}" for fault in impossible(truth))
    there = {row.title for row in truth.tasks.values()}
    there |= {event.reason for found in truth.history.values() for event in found if event.reason}
    yield from (f"done, though refused: {mark}" for mark in sorted(people.undone & there))
    yield from people.faults
    for number, one in enumerate(followers):
        told = one.faults + differences(truth, one.seen)
        yield from (f"follower {number}: {fault}" for fault in told)


def report(tally: Tally, followers: Sequence[Follower], said: str, faults: Sequence[str]) -> None:
    """A row for each kind of request, one for those who follow, and what was lost."""
    table = Table(
        f"{said}, load {load()}",
        ("what", "how often", "slowest, s", "told to try again", "its twin was under way", "lost"),
    )
    for kind, row in sorted(tally.rows.items()):
        table.add(kind, row.asked, row.slowest, row.again, row.twin, row.lost)
    if followers:
        streams, events = sum(one.streams for one in followers), sum(one.events for one in followers)
        ends = sum(one.told for one in followers)
        row = (max(one.longest for one in followers), sum(one.again for one in followers))
        told = f"{streams} streams of {len(followers)} who follow, {events} messages, {ends} ends that were announced"
        table.add(told, streams, *row, 0, sum(one.cut for one in followers))
    lines = [*sorted(set(tally.lost))[:10], *faults[:20]]
    table.note = "\n".join([f"{len(tally.lost)} lost, {len(faults)} faults. Aim: 300 a second, and none.", *lines])
    table.print()
