"""Rows in one piece: a statement gives each as the binary form of a record, and only what is looked at is read out of it.

`record_send(row(…))` is what PostgreSQL itself would send of the row: how many fields there are, and of each its type, its
length (-1 for null) and its value, whole numbers in network order. Equal rows are equal bytes. So who has seen a row before
knows it again without reading it, and who has not reads it a column at a time. The values are those that the driver gives.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from functools import partial
from struct import Struct
from types import NoneType
from typing import Any, NamedTuple

from asyncpg.pgproto.pgproto import UUID
from sqlalchemy import ARRAY, Column, DateTime, Double, Enum, Integer, String
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.dialects.postgresql import UUID as PG_UUID
from sqlalchemy.types import TypeEngine

_HEAD = Struct(">4xi")  # of a field: its type, which is known, and its length
_ARRAY = Struct(">i8x")  # of an array: how many dimensions; whether it holds nulls, and its type
_COUNT = Struct(">i4x")  # of a dimension: how many items, from which number on
_ITEM = Struct(">i")
_EPOCH = datetime(2000, 1, 1, tzinfo=UTC)  # of PostgreSQL's moments, which are microseconds
_NEVER = {2**63 - 1: datetime.max, -(2**63): datetime.min}  # infinity and -infinity, as the driver gives them


class _Kind(NamedTuple):
    """How values of a type are read: `code` of the module struct for those of fixed size."""

    code: str | None
    read: Callable[[Any], Any]


class Layout:
    """How the columns of a record lie one behind the other: those first that are of fixed size and never null.

    Raises KeyError for a column of a type that is not known here.
    """

    def __init__(self, columns: Sequence[Column[Any]]) -> None:
        kinds = {column.name: _kind(column.type) for column in columns}
        first = [column.name for column in columns if kinds[column.name].code and not column.nullable]
        rest = [column.name for column in columns if column.name not in first]
        self.names = (*first, *rest)
        self._fixed = Struct(">4x" + "".join(f"8x{kinds[name].code}" for name in first))
        self._rest = len(rest)
        self._places = {name: place for place, name in enumerate(self.names)}
        self._reads = {name: kinds[name].read if name in first else _of_bytes(kinds[name]) for name in self.names}

    def split(self, row: bytes) -> list[Any]:
        """What stands at each column, not yet read. Raises ValueError where the bytes are not of such a record."""
        values = list[Any](self._fixed.unpack_from(row))
        at = self._fixed.size
        for _ in range(self._rest):
            (length,) = _HEAD.unpack_from(row, at)
            at += 8
            if length < 0:
                values.append(None)
            else:
                values.append(row[at : (at := at + length)])
        if at != len(row):
            raise ValueError(f"a record of {len(row)} bytes ends after {at}")
        return values

    def column(self, name: str, rows: Sequence[Sequence[Any]]) -> list[Any]:
        """The values of a column of rows that were split. Raises KeyError for one that is not among them."""
        place, read = self._places[name], self._reads[name]
        values = [row[place] for row in rows]
        if read is _same:
            return values
        return [None if each is None else read(each) for each in values]


def _same(value: Any) -> Any:
    return value


def _of_bytes(kind: _Kind) -> Callable[[bytes], Any]:
    """Reads what may be null, and so stands there with its length."""
    if kind.code is None:
        return kind.read
    return partial(_unpacked, Struct(">" + kind.code), kind.read)


def _unpacked(form: Struct, read: Callable[[Any], Any], raw: bytes) -> Any:
    return read(form.unpack(raw)[0])


def _moment(microseconds: int) -> datetime:
    """Of 292,000 years Python knows 9,999. Raises OverflowError for others, as the driver does."""
    try:
        return _EPOCH + timedelta(0, 0, microseconds)
    except OverflowError:
        if microseconds in _NEVER:
            return _NEVER[microseconds]
        raise


def _texts(raw: bytes) -> list[Any]:
    """An array of texts, which may hold nulls, or arrays."""
    (dimensions,) = _ARRAY.unpack_from(raw)
    if not dimensions:
        return []
    counts = [_COUNT.unpack_from(raw, _ARRAY.size + number * _COUNT.size)[0] for number in range(dimensions)]
    found: list[Any] = []
    at = _ARRAY.size + dimensions * _COUNT.size
    while at < len(raw):
        (length,) = _ITEM.unpack_from(raw, at)
        at += _ITEM.size
        found.append(None if length < 0 else raw[at : (at := at + length)].decode())
    for count in reversed(counts[1:]):
        found = [found[start : start + count] for start in range(0, len(found), count)]
    return found


def _json(raw: bytes) -> Any:
    """Behind the number of its version. The input of most tasks is empty."""
    return {} if raw == b"\x01{}" else json.loads(raw[1:].decode())


# By the very class: one that is derived from another may be sent otherwise (SmallInteger). The label of an enum is a text.
_KINDS: Mapping[type[TypeEngine[Any]], _Kind] = {
    PG_UUID: _Kind("16s", UUID),
    Integer: _Kind("i", _same),
    Double: _Kind("d", _same),
    DateTime: _Kind("q", _moment),
    String: _Kind(None, bytes.decode),
    Enum: _Kind(None, bytes.decode),
    ARRAY: _Kind(None, _texts),
    JSONB: _Kind(None, _json),
}


def _kind(of: TypeEngine[Any]) -> _Kind:
    inner: object = getattr(of, "item_type", None)
    known = _KINDS.get(type(of))
    if known is None or type(inner) not in (NoneType, String) or not getattr(of, "timezone", True):
        raise KeyError(repr(of))
    return known
