"""What the rows of a statement over some tasks mean, for one task and for many: engine/sql/{transition,delete}.sql."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from engine.outcomes import Forbidden, Item, Missing, Moved, Outcome, Refused, Why
from engine.rows import EVENT_WIDTH, TASK_WIDTH, event_of, task_of
from models.authority import Reach
from models.lifecycle import Status
from models.role import Role

_ASKED, _ANSWER, _WHY, _GOES, _ROLE = (TASK_WIDTH + EVENT_WIDTH + offset for offset in range(5))
RESUME_AT = "resumeAt"
RESUME_AT_MESSAGE = "must lie in the future, and at most a year from now"


def outcome(rows: Sequence[Sequence[Any]], reach: Reach) -> Outcome:
    """What came of a single task: at most one row."""
    if not rows:
        return Missing()
    row = rows[0]
    match row[_ANSWER]:
        case "moved":
            return Moved(task_of(row), event_of(row), Role(row[_ROLE]))
        case "refused":
            why = Why(row[_WHY])
            path, message = (RESUME_AT, RESUME_AT_MESSAGE) if why is Why.INPUT else ("", "")
            return Refused(task_of(row), why, path, message)
        case "forbidden":
            return Forbidden(Role(row[_ROLE]), reach.least)
        case answer:
            raise AssertionError(answer)


def items(rows: Sequence[Sequence[Any]], wanted: Sequence[UUID]) -> list[Item]:
    """What came of many: an item for each id, in their order; those without a row are missing."""
    found = {item.task_id: item for item in map(_item, rows)}
    return [found.get(id) or Item(id, changed=False, status=None) for id in wanted]


def _item(row: Sequence[Any]) -> Item:
    if row[_ANSWER] == "forbidden":
        return Item(row[_ASKED], changed=False, status=None, role=Role(row[_ROLE]))
    task = task_of(row)
    status = Status(row[_GOES]) if row[_GOES] else task.status
    return Item(row[_ASKED], row[_ANSWER] == "moved", status, Why(row[_WHY]) if row[_WHY] else None, task=task)
