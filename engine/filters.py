"""Narrows lists of tasks: what people may ask for, as conditions that the indexes of models/task.py can answer."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, FromClause, String, column, exists, func, literal, literal_column, select
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.dialects.postgresql import UUID as PG_UUID

from engine.drafts import storable
from engine.errors import invalid
from models.authority import Authority
from models.lifecycle import Status

MAX_WORDS = 10
MAX_SEARCH = 200
MAX_VALUES = 100

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


def conditions(table: FromClause, authority: Authority, workspace_id: UUID, narrow: Filter) -> Conditions:
    """What must hold of a row of `table` (tasks or an alias of it). Raises InvalidInput."""
    _check(narrow)
    return [
        table.c.workspace_id == workspace_id,
        table.c.deleted_at.is_(None),
        visible(authority, workspace_id),
        *_narrowing(table, narrow),
    ]


def visible(authority: Authority, workspace_id: UUID | ColumnElement[UUID]) -> ColumnElement[bool]:
    """Whether the caller has a role in the workspace now: PostgreSQL asks once a statement, not once a row."""
    home = workspace_id if isinstance(workspace_id, ColumnElement) else _uuid(workspace_id)
    credential = map(_uuid, (authority.user_id, authority.session_id, authority.token_id))
    role = func.effective_role(home, *credential).table_valued(column("role"), name="r")
    return exists(select(ONE).select_from(role))


def _uuid(value: UUID | None) -> ColumnElement[UUID]:
    return literal(value, PG_UUID(as_uuid=True))


def words(search: str) -> list[str]:
    """The patterns of a search: each word anywhere, taken literally."""
    return [f"%{_escaped(word)}%" for word in search.split()]


def _narrowing(table: FromClause, narrow: Filter) -> Iterator[ColumnElement[bool]]:
    if narrow.status is not None:
        yield table.c.status.in_(sorted(set(narrow.status)))
    if narrow.kind is not None:
        yield table.c.kind.in_(sorted(set(narrow.kind)))
    if narrow.labels:
        yield table.c.labels.op("@>", is_comparison=True)(literal(sorted(set(narrow.labels)), ARRAY(String)))
    if narrow.created_by is not None:
        yield table.c.created_by == narrow.created_by
    if narrow.updated_after is not None:
        yield table.c.updated_at > narrow.updated_after
    if narrow.created_after is not None:
        yield table.c.created_at > narrow.created_after
    if narrow.created_before is not None:
        yield table.c.created_at < narrow.created_before
    if narrow.search:
        yield from _containing(table, narrow.search)


def _containing(table: FromClause, search: str) -> Iterator[ColumnElement[bool]]:
    """Written as the index ix_tasks_search is, so that it is used."""
    blank: ColumnElement[Any] = literal_column("' '")
    where = func.lower(table.c.title.op("||")(blank).op("||")(table.c.description))
    for word in words(search):
        yield where.like(func.lower(literal(word, String)))


def _check(narrow: Filter) -> None:
    search = narrow.search or ""
    if len(search) > MAX_SEARCH or len(search.split()) > MAX_WORDS or not storable(search):
        raise invalid("filter.search", f"must have at most {MAX_WORDS} words and {MAX_SEARCH} characters, without NUL")
    for name in ("status", "kind", "labels"):
        values: Sequence[str] = getattr(narrow, name) or ()
        if len(values) > MAX_VALUES or not all(storable(value) for value in values):
            raise invalid(f"filter.{name}", f"must have at most {MAX_VALUES} values, without NUL")


def _escaped(word: str) -> str:
    return word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
