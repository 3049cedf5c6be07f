"""People who look and work: polls, pages, new tasks and changes of tasks, with and without Idempotency-Key.

Each change carries a mark of its own, as the title of a new task or the reason of a change, so that the history tells what was
done twice. One with a key is sent twice, a moment apart: it must be done once, and both must hear the same.
"""

import json
import random
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from bench.polling import by
from bench.prove.caller import Acknowledged
from bench.prove.customers import ACT, CREATE
from bench.rolling.steady import Ask, End
from bench.served import Member
from bench.wire import get
from gql.ids import NodeType, key_of

STORY = ("run", "pause", "resume", "cancel")  # again and again
HOUR_MS = 3_600_000
LATEST_REPEAT = 60  # requests after the first
POLL, PAGE, NEW, CHANGE, KEYED = "polls", "pages", "new tasks", "changes", ", under a key"
SHARES = {POLL: 40, PAGE: 20, NEW: 5, CHANGE: 15, NEW + KEYED: 5, CHANGE + KEYED: 10}  # a repeat comes on top


@dataclass
class Look:
    """A page of a workspace that nobody changes, with the tag of what is there, and one of a workspace that is changed."""

    quiet: str
    tag: str
    busy: str


@dataclass
class Change:
    """One change: on which task (none: a new one), and how far that is in its story. `answers`: of the times it was sent."""

    mark: str
    kind: str
    body: bytes
    times: int
    task: str | None = None
    step: int = 0
    answers: list[tuple[End, bytes]] = field(default_factory=list[tuple[End, bytes]])


class People:
    """`asks` are theirs, without an end. What they were told is in `acknowledged`, `undone` and `faults`."""

    sign = "rolling "  # with which every mark begins

    def __init__(self, member: Member, look: Look, luck: random.Random) -> None:
        self.acknowledged: list[Acknowledged] = []
        self.undone: set[str] = set()  # marks of changes of which every answer said: try again
        self.faults: list[str] = []
        self.repeats = 0
        self._member, self._look, self._luck = member, look, luck
        self._idle = deque[tuple[str, int]]()  # tasks, and how far they are in the story
        self._later: list[tuple[int, Change]] = []
        self._number = 0

    def asks(self, shares: dict[str, int] = SHARES) -> Iterator[Ask]:
        """In these shares, at random."""
        kinds, weights = list(shares), list(shares.values())
        while True:
            self._number += 1
            due = next((one for one in self._later if one[0] <= self._number), None)
            if due is not None:
                self._later.remove(due)
                yield self._send(due[1], again=True)
            else:
                yield self._one(self._luck.choices(kinds, weights)[0])

    def finish(self) -> None:
        """Nobody asks any more: what was not repeated yet will not be."""
        for _, change in self._later:
            self._settle(change)
        self._later.clear()

    def _one(self, kind: str) -> Ask:
        who = by(self._member.access)
        if kind == POLL:
            return Ask(kind, get(self._look.quiet, If_None_Match=self._look.tag, **who))
        if kind == PAGE:
            return Ask(kind, get(self._look.busy, **who))
        change = self._change(kind)
        if change.times > 1:
            self._later.append((self._number + self._luck.randint(1, LATEST_REPEAT), change))
        return self._send(change)

    def _change(self, kind: str) -> Change:
        """The next step of a task that nobody works on; a new task where there is none."""
        mark, times = f"{self.sign}{self._number}", 2 if kind.endswith(KEYED) else 1
        if kind.startswith(NEW) or not self._idle:
            name = NEW + KEYED * (times - 1)
            return Change(mark, name, _body(CREATE, id=self._member.workspace_id, title=mark, ms=HOUR_MS), times)
        task, step = self._idle.popleft()
        body = _body(ACT % STORY[step % len(STORY)], id=task, reason=mark)
        return Change(mark, kind, body, times, task, step)

    def _send(self, change: Change, *, again: bool = False) -> Ask:
        headers = self._member.headers | ({"Idempotency-Key": change.mark} if change.times > 1 else {})
        kind = f"{change.kind}: the repeat" if again else change.kind

        def heard(end: End, body: bytes) -> None:
            change.answers.append((end, body))
            if len(change.answers) == change.times:
                self._settle(change)

        return Ask(kind, _post(headers, change.body), heard)

    def _settle(self, change: Change) -> None:
        """All its answers are there."""
        done = [json.loads(body)["data"]["done"] for end, body in change.answers if end is End.ANSWERED]
        if len(done) > 1:
            self.repeats += 1
            if done[0] != done[1]:
                self.faults.append(f"{change.mark}: answered with {done[0]}, and with {done[1]} when it was repeated")
        if done:
            task, event = done[0]["task"]["id"], done[0]["event"]
            said = Acknowledged(key_of(NodeType.TASK, task, "id"), event["version"], event["action"], change.mark)
            self.acknowledged.append(said)
            self._idle.append((task, change.step + (change.task is not None)))
        elif change.answers and all(end in (End.AGAIN, End.TWIN) for end, _ in change.answers):
            self.undone.add(change.mark)
            if change.task is not None:
                self._idle.append((change.task, change.step))


def _body(query: str, **variables: Any) -> bytes:
    return json.dumps({"query": query, "variables": variables}).encode()


def _post(headers: dict[str, str], body: bytes) -> bytes:
    head = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    return f"POST /graphql HTTP/1.1\r\nHost: 127.0.0.1\r\n{head}Content-Length: {len(body)}\r\n\r\n".encode() + body
