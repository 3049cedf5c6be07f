"""A rolling restart's verdict passes what is right, and finds each fault that is planted."""

import json
import random
from collections import defaultdict
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from httpx2 import AsyncClient

from bench.prove.truth import Row, Truth
from bench.rolling.follower import Follower
from bench.rolling.people import CHANGE, KEYED, NEW, Look, People
from bench.rolling.steady import Ask, End, judge
from bench.rolling.verdict import faults
from bench.served import Member
from gql.ids import NodeType, encode, key_of
from models.base import new_id
from models.event import Event
from models.lifecycle import Status

START = datetime(2026, 11, 29, 12, 0, tzinfo=UTC)
MEMBER = Member("token", "access", encode(NodeType.WORKSPACE, new_id()), "ada")
ARRIVES = {
    "RUN": Status.IN_PROGRESS,
    "PAUSE": Status.PAUSED,
    "RESUME": Status.IN_PROGRESS,
    "CANCEL": Status.CANCELLED,
}


class World:
    """People, and a server that does what they ask, in memory: no time passes."""

    def __init__(self) -> None:
        self.people = People(MEMBER, Look("/quiet", 'W/"tag"', "/busy"), random.Random(1))
        self.asks = self.people.asks({NEW: 1, CHANGE: 4, NEW + KEYED: 1, CHANGE + KEYED: 4})
        self.truth = Truth({}, defaultdict(list))
        self._kept: dict[str, bytes] = {}

    def serve(self, count: int = 200) -> None:
        """Answers so many requests, a repeat as the first time."""
        for _ in range(count):
            self.answer(next(self.asks))

    def answer(self, ask: Ask) -> None:
        head, _, body = ask.request.partition(b"\r\n\r\n")
        keys = [line for line in head.decode().split("\r\n") if line.startswith("Idempotency-Key: ")]
        found = self._kept.get(keys[0]) if keys else None
        found = found or self.do(**json.loads(body)["variables"], query=json.loads(body)["query"])
        self._kept |= dict.fromkeys(keys, found)
        ask.heard(End.ANSWERED, found)

    def do(self, *, id: str, query: str, title: str = "", ms: int = 0, reason: str = "") -> bytes:
        task = new_id() if title else key_of(NodeType.TASK, id, "id")
        action = "CREATED" if title else query.split("done: ")[1].split("Task", maxsplit=1)[0].upper()
        found = self.truth.history[task]
        before, after = found[-1].to_status if found else None, ARRIVES.get(action, Status.NOT_STARTED)
        version, at = len(found) + 1, START + timedelta(milliseconds=len(found))
        elapsed = 0 if action in ("CREATED", "RUN", "CANCEL") else self.elapsed(found)
        found.append(
            Event(new_id(), new_id(), task, action, before, after, elapsed, version, None, None, None, None, reason, at)
        )
        row = self.truth.tasks.get(task) or Row(title, ms, version, after)
        self.truth.tasks[task] = row._replace(version=version, status=after)
        return said(task=str(encode(NodeType.TASK, task)), action=action, version=version)

    @staticmethod
    def elapsed(found: list[Event]) -> int:
        """Each event is a millisecond after the one before."""
        return (found[-1].elapsed_ms or 0) + (found[-1].to_status is Status.IN_PROGRESS)

    def faults(self, *followers: Follower) -> list[str]:
        self.people.finish()
        return list(faults(self.truth, self.people, followers))


def said(*, task: str, action: str, version: int) -> bytes:
    done = {"task": {"id": task}, "event": {"action": action, "version": version}}
    return json.dumps({"data": {"done": done}}).encode()


@pytest.fixture
def world() -> World:
    found = World()
    found.serve()
    return found


def test_what_is_right_has_no_fault(world: World) -> None:
    assert world.faults() == []
    assert world.people.repeats > 50
    assert {said.action for said in world.people.acknowledged} == {"CREATED", *ARRIVES}


def test_an_acknowledged_change_that_is_not_there_is_lost(world: World) -> None:
    last = world.people.acknowledged[-1]
    del world.truth.history[last.task_id][-1]
    assert f"lost: {last.key}: " in "".join(world.faults())


def test_a_new_task_that_was_made_twice_is_found(world: World) -> None:
    task, row = next(iter(world.truth.tasks.items()))
    twin = new_id()
    world.truth.tasks[twin], world.truth.history[twin] = row, world.truth.history[task]
    assert f"done twice: {row.title}: made 2 times" in world.faults()


def test_a_repeat_that_is_done_a_second_time_is_found(world: World) -> None:
    ask = next(one for one in world.asks if "the repeat" in one.kind)
    first = world.people.acknowledged[-1]
    task = str(encode(NodeType.TASK, first.task_id))
    ask.heard(End.ANSWERED, said(task=task, action="PAUSE", version=99))
    assert any("when it was repeated" in fault for fault in world.faults())


def test_a_change_that_was_refused_and_done_all_the_same_is_found(world: World) -> None:
    ask = next(one for one in world.asks if one.kind == NEW)
    variables = json.loads(ask.request.partition(b"\r\n\r\n")[2])["variables"]
    ask.heard(End.AGAIN, b"")
    assert world.faults() == []
    world.do(**variables, query="")
    assert world.faults() == [f"done, though refused: {variables['title']}"]


async def test_what_a_follower_missed_is_found(world: World) -> None:
    async with AsyncClient() as http:
        follower = Follower("http://127.0.0.1:9", MEMBER, http)
    follower.seen = {task: row.version for task, row in world.truth.tasks.items()}
    assert world.faults(follower) == []
    task, version = follower.seen.popitem()
    assert world.faults(follower) == [f"follower 0: {task}: seen in version None, is {version}"]


def error(code: str, **more: Any) -> bytes:
    return json.dumps({"errors": [{"message": "No.", "extensions": {"code": code, **more}}]}).encode()


@pytest.mark.parametrize(
    ("status", "body", "end"),
    [
        (200, b'{"data": {}}', End.ANSWERED),
        (304, b"", End.ANSWERED),
        (503, error("UNAVAILABLE"), End.AGAIN),
        (503, error("UNAVAILABLE", outcomeUnknown=True), End.LOST),
        (409, error("IDEMPOTENCY_CONFLICT"), End.TWIN),
        (200, error("ILLEGAL_TRANSITION"), End.LOST),
        (500, error("INTERNAL"), End.LOST),
        (502, b"Bad gateway", End.LOST),
    ],
)
def test_only_success_is_an_answer_and_only_a_certain_no_may_be_repeated(status: int, body: bytes, end: End) -> None:
    assert judge(status, body) is end
