"""What people may write about a task, and what is wrong with what they wrote: limits, before anything reaches the database.

Paths are those of the GraphQL input (`durationMs`, `labels.3`), relative to the task.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, Protocol, TypedDict, cast
from uuid import UUID

from engine.errors import Problem
from models.lifecycle import TIMER_KIND
from models.role import Role
from models.task import MAX_DESCRIPTION, MAX_LABEL, MAX_LABELS, MAX_MILLISECONDS, MAX_TITLE

MAX_NEW = 1000  # tasks in one call
MAX_ATTEMPTS = 100
MAX_PRIORITY = 1_000_000
MAX_INPUT = 65_536  # bytes of JSON

_LENGTHS = {"title": (1, MAX_TITLE), "description": (0, MAX_DESCRIPTION)}
_RANGES = {
    "duration_ms": ("durationMs", 1, MAX_MILLISECONDS),
    "timeout_ms": ("timeoutMs", 1, MAX_MILLISECONDS),
    "priority": ("priority", -MAX_PRIORITY, MAX_PRIORITY),
    "max_attempts": ("maxAttempts", 1, MAX_ATTEMPTS),
}


@dataclass(frozen=True, slots=True)
class NewTask:
    """A task to be made; a timer needs `duration_ms`."""

    title: str
    description: str = ""
    labels: list[str] = field(default_factory=list[str])
    kind: str = TIMER_KIND
    input: Any = field(default_factory=dict[str, Any])  # JSON: what the kind's schema says
    duration_ms: int | None = None
    priority: int = 0
    timeout_ms: int | None = None
    max_attempts: int = 1


class TaskPatch(TypedDict, total=False):
    """The fields to be edited: what is not named stays. None takes a time away, where a task can be without it."""

    title: str
    description: str
    labels: list[str]
    duration_ms: int | None
    priority: int
    timeout_ms: int | None
    max_attempts: int


class _Problem(Protocol):
    @property
    def path(self) -> str: ...
    @property
    def message(self) -> str: ...


class _Kind(Protocol):
    @property
    def minimum_role(self) -> Role: ...


class Kinds(Protocol):
    """What there is to do here (engine/kinds)."""

    def get(self, name: str) -> _Kind | None:
        """The kind with that name."""
        ...

    def problems(self, name: str, value: object) -> Sequence[_Problem]:
        """What is wrong with an input for the kind; an unknown kind is a problem with the path `kind`."""
        ...


def problems(draft: NewTask, kinds: Kinds) -> list[Problem]:
    """What is wrong with a new task; empty when nothing is."""
    found = [*_of_fields(asdict(draft)), *_of_input(draft.input)]
    found += [Problem(problem.path, problem.message) for problem in kinds.problems(draft.kind, draft.input)]
    if draft.kind == TIMER_KIND and draft.duration_ms is None:
        found.append(Problem("durationMs", "is required for a timer"))
    return found


def problems_of_patch(patch: TaskPatch) -> list[Problem]:
    """What is wrong with an edit, without knowing the task."""
    return list(_of_fields(cast("Mapping[str, Any]", patch))) if patch else [Problem("", "names no field to change")]


def encoded(drafts: Sequence[tuple[UUID, UUID, NewTask]]) -> str:
    """New tasks with their ids and the ids of their events, as the statement takes them: one JSON array."""
    return json.dumps([{"id": str(id), "event_id": str(event), **asdict(draft)} for id, event, draft in drafts])


def _of_fields(fields: Mapping[str, Any]) -> Iterator[Problem]:
    """Judges the fields that are there; their types are the schema's matter."""
    for name, value in fields.items():
        if name in _LENGTHS:
            least, most = _LENGTHS[name]
            if not least <= len(value) <= most or (least and not value.strip()):
                yield Problem(name, f"must have {least} to {most} characters{', and not only spaces' if least else ''}")
            if not storable(value):
                yield Problem(name, "must not hold NUL or half a surrogate pair")
        elif name in _RANGES and value is not None:
            path, least, most = _RANGES[name]
            if not least <= value <= most:
                yield Problem(path, f"must lie between {least} and {most}")
        elif name == "labels" and value is not None:
            yield from _of_labels(value)


def _of_labels(labels: Sequence[str]) -> Iterator[Problem]:
    if len(labels) > MAX_LABELS:
        yield Problem("labels", f"must be at most {MAX_LABELS}")
    for place, label in enumerate(labels[: MAX_LABELS + 1]):
        if not label.strip() or len(label) > MAX_LABEL or not storable(label):
            yield Problem(f"labels.{place}", f"must have 1 to {MAX_LABEL} characters, without NUL")
    if len(set(labels)) < len(labels):
        yield Problem("labels", "must not name a label twice")


def _of_input(value: object) -> Iterator[Problem]:
    text = json.dumps(value)
    if len(text) > MAX_INPUT:
        yield Problem("input", f"must have at most {MAX_INPUT} bytes as JSON")
    if "\\u0000" in text or ("\\ud" in text and not storable(json.dumps(value, ensure_ascii=False))):
        yield Problem("input", "must not hold NUL or half a surrogate pair")


def storable(text: str) -> bool:
    """Whether PostgreSQL can keep the text."""
    return "\x00" not in text and not any("\ud800" <= character <= "\udfff" for character in text)
