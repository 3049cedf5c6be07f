"""Opaque, versioned cursors of keyset pages: where a row stands in an order, never how many came before it."""

import base64
import binascii
import json
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import cast
from uuid import UUID

from engine.drafts import storable
from engine.errors import InvalidInput, invalid

_VERSION = 1
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_LONGEST = 2000  # a title of 200 characters of four bytes, escaped, fits

Key = datetime | int | str
MAX_PAGE = 100


def encode(order: str, key: Key, id: UUID) -> str:
    """The cursor of the row `id` whose sort key is `key`, in the order named `order`."""
    if isinstance(key, str):
        plain = json.dumps(key, ensure_ascii=False)
    else:
        plain = (key - _EPOCH) // _MICROSECOND if isinstance(key, datetime) else key
    text = f'[{_VERSION},"{order}",{plain},"{id.hex}"]'
    return base64.urlsafe_b64encode(text.encode()).rstrip(b"=").decode()


def decode(cursor: str, order: str, kind: type[Key], path: str) -> tuple[Key, UUID]:
    """The key and the id that a cursor holds. Raises InvalidInput for what is not a cursor of this order."""
    try:
        version, named, plain, id = _parts(cursor)
        if version != _VERSION or named != order or not isinstance(id, str):
            raise _refused(path)
        return _key(plain, kind), UUID(hex=id)
    except (ValueError, OverflowError, RecursionError, binascii.Error) as error:
        raise _refused(path) from error


def page_size(first: int | None, last: int | None) -> tuple[int, bool]:
    """How many rows, and whether backward. Raises InvalidInput unless just one of the two is 1 to 100."""
    if (first is None) == (last is None):
        raise invalid("first", "give either first or last")
    size = first if first is not None else last
    if size is None or not 1 <= size <= MAX_PAGE:
        raise invalid("first" if first is not None else "last", f"must lie between 1 and {MAX_PAGE}")
    return size, last is not None


def _parts(cursor: str) -> Sequence[object]:
    if len(cursor) > _LONGEST:
        raise ValueError(len(cursor))
    raw = base64.b64decode(cursor.encode("ascii") + b"=" * (-len(cursor) % 4), altchars=b"-_", validate=True)
    value: object = json.loads(raw)
    if not isinstance(value, list) or len(cast("list[object]", value)) != 4:
        raise ValueError(raw)
    return cast("list[object]", value)


def _key(plain: object, kind: type[Key]) -> Key:
    if kind is str:
        if isinstance(plain, str) and storable(plain):
            return plain
        raise ValueError(plain)
    if not isinstance(plain, int) or isinstance(plain, bool):
        raise ValueError(plain)
    if kind is datetime:
        return _EPOCH + plain * _MICROSECOND
    if abs(plain) >= 2**31:
        raise ValueError(plain)
    return plain


def _refused(path: str) -> InvalidInput:
    return invalid(path, "is not a cursor of this list in this order")
