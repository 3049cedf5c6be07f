"""Narrows lists of tasks: what people may ask for, as conditions that the indexes of models/task.py can answer.

A filter falls into a *shape* (which conditions there are) and *values*: statements are made once a shape (engine/listing.py).
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    DateTime,
    FromClause,
    String,
    any_,
    bindparam,
    column,
    exists,
    func,
    literal,
    literal_column,
    select,
)
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.dialects.postgresql import UUID as PG_UUID

from engine.drafts import storable
from engine.errors import invalid
from models.authority import Authority
from models.base import status_type
from models.lifecycle import Status, statuses

MAX_WORDS = 10
MAX_SEARCH = 200
MAX_VALUES = 100
LONG_WORD, PIECE = 12, 3  # signs of a word that is looked up by pieces, and of a piece
PIECES, PIECES_OF_CHANCE = 5, 3  # of a word; of one whose letters and digits are mixed, of which each piece is rare
_CHANCE = re.compile(r"(?:[a-z]+[0-9]+){3}", re.IGNORECASE)

ONE: ColumnElement[int] = literal_column("1")  # what exists() selects
Conditions = list[ColumnElement[bool]]


@dataclass(frozen=True, slots=True)
class Filter:
    """All conditions hold at once. None narrows nothing; an empty list of statuses or kinds finds nothing."""

    status: Sequence[Status] | None = None
    kind: Sequence[str] | None = None
    labels: Sequence[str] | None = None  # all of them
    created_by: UUID | None = None
    search: str | None = None  # words in title and description, in any order, without case
    updated_after: datetime | None = None
    created_after: datetime | None = None
    created_before: datetime | None = None


ALL = Filter()
_MOMENT = DateTime(timezone=True)
_STATUSES, _KINDS, _LABELS = ARRAY(status_type), ARRAY(String), ARRAY(String)

# Each condition by the name of its value; `status` stands apart from `statuses`, as only equality keeps an index's order.
CONDITIONS: dict[str, Callable[[FromClause], ColumnElement[bool]]] = {
    "status": lambda table: table.c.status == bindparam("status", type_=status_type),
    "statuses": lambda table: table.c.status == any_(bindparam("statuses", type_=_STATUSES)),
    "kinds": lambda table: table.c.kind == any_(bindparam("kinds", type_=_KINDS)),
    "labels": lambda table: table.c.labels.op("@>", is_comparison=True)(bindparam("labels", type_=_LABELS)),
    "created_by": lambda table: table.c.created_by == bindparam("created_by", type_=PG_UUID()),
    "updated_after": lambda table: table.c.updated_at > bindparam("updated_after", type_=_MOMENT),
    "created_after": lambda table: table.c.created_at > bindparam("created_after", type_=_MOMENT),
    "created_before": lambda table: table.c.created_at < bindparam("created_before", type_=_MOMENT),
    **{f"word_{place}": lambda table, place=place: _like(table, f"word_{place}") for place in range(MAX_WORDS)},
    **{f"pieces_{place}": lambda table, place=place: _like(table, f"pieces_{place}") for place in range(MAX_WORDS)},
    **{f"whole_{place}": lambda table, place=place: _contains(table, f"whole_{place}") for place in range(MAX_WORDS)},
}


def values(narrow: Filter) -> dict[str, Any]:
    """What the filter asks for, by the names of CONDITIONS: the names are its shape. Raises InvalidInput."""
    _check(narrow)
    return dict(_values(narrow))


def visible(authority: Authority, workspace_id: ColumnElement[UUID] | UUID) -> ColumnElement[bool]:
    """Whether the caller has a role in the workspace now: PostgreSQL asks once a statement, not once a row."""
    home = workspace_id if isinstance(workspace_id, ColumnElement) else _uuid(workspace_id)
    return has_role(home, *map(_uuid, (authority.user_id, authority.session_id, authority.token_id)))


def has_role(*of: ColumnElement[UUID]) -> ColumnElement[bool]:
    """The same for a workspace, a person, a session and a token, each as an expression."""
    role = func.effective_role(*of).table_valued(column("role"), name="r")
    return exists(select(ONE).select_from(role))


def _values(narrow: Filter) -> Iterator[tuple[str, Any]]:
    if narrow.status is not None:
        wanted = statuses(sorted(set(narrow.status)))
        yield ("status", wanted[0]) if len(wanted) == 1 else ("statuses", wanted)
    if narrow.kind is not None:
        yield "kinds", sorted(set(narrow.kind))
    if narrow.labels:
        yield "labels", sorted(set(narrow.labels))
    for name in ("created_by", "updated_after", "created_after", "created_before"):
        if (value := getattr(narrow, name)) is not None:
            yield name, value
    for place, word in enumerate((narrow.search or "").split()):
        yield from _word(place, word)


def _word(place: int, word: str) -> Iterator[tuple[str, Any]]:
    """It is taken literally, anywhere. A long one is looked up by pieces of it: the index has a list for each three signs, and to
    go through all that a word is made of takes longer than to look at what a few of them have in common (decision 0056)."""
    if len(word) < LONG_WORD or not (word.isascii() and word.isalnum()):
        yield f"word_{place}", f"%{_escaped(word)}%"
        return
    pieces = min(PIECES_OF_CHANCE if _CHANCE.search(word) else PIECES, len(word) // PIECE)
    starts = [round(number * (len(word) - PIECE) / (pieces - 1)) for number in range(pieces)]
    yield f"pieces_{place}", "".join(f"%{word[start : start + PIECE]}" for start in starts) + "%"
    yield f"whole_{place}", word


def _text(table: FromClause) -> ColumnElement[str]:
    """Written as the index ix_tasks_search is, so that it is used."""
    blank: ColumnElement[Any] = literal_column("' '")
    return func.lower(table.c.title.op("||")(blank).op("||")(table.c.description))


def _like(table: FromClause, name: str) -> ColumnElement[bool]:
    return _text(table).like(func.lower(bindparam(name, type_=String)))


def _contains(table: FromClause, name: str) -> ColumnElement[bool]:
    """The same of a word as it is, which no index is asked for."""
    return func.strpos(_text(table), func.lower(bindparam(name, type_=String))) > literal_column("0")


def _check(narrow: Filter) -> None:
    search = narrow.search or ""
    if len(search) > MAX_SEARCH or len(search.split()) > MAX_WORDS or not storable(search):
        raise invalid("filter.search", f"must have at most {MAX_WORDS} words and {MAX_SEARCH} characters, without NUL")
    for name in ("status", "kind", "labels"):
        listed: Sequence[str] = getattr(narrow, name) or ()
        if len(listed) > MAX_VALUES or not all(storable(value) for value in listed):
            raise invalid(f"filter.{name}", f"must have at most {MAX_VALUES} values, without NUL")


def _uuid(value: UUID | None) -> ColumnElement[UUID]:
    return literal(value, PG_UUID(as_uuid=True))


def _escaped(word: str) -> str:
    return word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
