"""JSON from outside, with limits: what PostgreSQL, Python or a stack could not take is refused here, at the edge.

json.loads alone accepts NaN, lone surrogates, numbers of any length and the same name twice; on deep nesting it raises
RecursionError. RFC 8259 leaves all of these to the reader. Where a value is at fault, the error names its place.
"""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, cast

from gql.errors import InvalidInput

_DIGITS = 40  # no float needs more, and an int of 10,000 digits takes Python a while
_TOO_LONG = f"A number has more than {_DIGITS} digits."


def loads(raw: bytes, *, depth: int) -> Any:
    """Read UTF-8 JSON whose objects and lists are nested at most `depth` deep. Raises `InvalidInput`."""
    try:
        value = _DECODER.decode(raw.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise InvalidInput("The request is not UTF-8.") from error
    except RecursionError:
        raise InvalidInput(f"The JSON is nested more than {depth} deep.") from None
    except json.JSONDecodeError as error:
        raise InvalidInput(f"The request is not JSON: {error.msg} at character {error.pos}.") from error
    check(value, depth=depth)
    return value


def check(value: Any, *, depth: int) -> None:
    """Refuse what is nested too deeply, and text that is no text: NUL and halves of surrogate pairs."""
    level: Sequence[Any] = [value]
    for _ in range(depth + 1):
        deeper: list[Any] = []
        for item in level:
            if isinstance(item, str | _Refused):
                if problem := _problem(item):
                    place = _place(value, item)
                    raise InvalidInput(problem, fields={place: problem} if place else None)
            elif isinstance(item, dict):
                for name in cast("dict[str, Any]", item):
                    clean(name)
                deeper.extend(cast("dict[str, Any]", item).values())
            elif isinstance(item, list):
                deeper.extend(cast("list[Any]", item))
        if not deeper:
            return
        level = deeper
    raise InvalidInput(f"The JSON is nested more than {depth} deep.")


def clean(text: str) -> str:
    """The text itself, where it is one that PostgreSQL can store and UTF-8 can express. Raises `InvalidInput`."""
    if problem := _problem(text):
        raise InvalidInput(problem)
    return text


@dataclass(frozen=True, slots=True, eq=False)
class _Refused:
    """Stands where a value was that cannot be taken, until it is known where that is."""

    message: str


def _problem(item: str | _Refused) -> str | None:
    if isinstance(item, _Refused):
        return item.message
    if "\x00" in item:
        return "Text must not hold the character NUL."
    if not item.isascii():
        try:
            item.encode()
        except UnicodeEncodeError:
            return "Text must not hold half of a surrogate pair."
    return None


def _place(value: Any, wanted: str | _Refused) -> str:
    """Where in `value` that very object stands, as errors of GraphQL name places: without the word `variables`."""
    waiting: list[tuple[str, Any]] = [("", value)]
    while waiting:
        path, item = waiting.pop()
        if item is wanted:
            return path.removeprefix(".").removeprefix("variables.")
        if isinstance(item, dict):
            waiting += [(f"{path}.{name}", inner) for name, inner in cast("dict[str, Any]", item).items()]
        elif isinstance(item, list):
            waiting += [(f"{path}.{place}", inner) for place, inner in enumerate(cast("list[Any]", item))]
    return ""


def _int(digits: str) -> int | _Refused:
    return int(digits) if len(digits) <= _DIGITS else _Refused(_TOO_LONG)


def _float(digits: str) -> float | _Refused:
    if len(digits) > _DIGITS:
        return _Refused(_TOO_LONG)
    number = float(digits)
    return _Refused("A number is too large.") if math.isinf(number) else number


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise InvalidInput("An object holds the same name twice.")
    return found


_DECODER = json.JSONDecoder(  # made once: that takes as long as to read a small request
    parse_int=_int,
    parse_float=_float,
    parse_constant=lambda name: _Refused(f"{name} is not JSON."),
    object_pairs_hook=_object,
)
