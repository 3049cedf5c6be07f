"""JSON from outside, with limits: what PostgreSQL, Python or a stack could not take is refused here, at the edge.

json.loads alone accepts NaN, lone surrogates, numbers of any length and the same name twice; on deep nesting it raises
RecursionError. RFC 8259 leaves all of these to the reader.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, cast

from gql.errors import InvalidInput

_DIGITS = 40  # no float needs more, and an int of 10,000 digits takes Python a while


def loads(raw: bytes, *, depth: int) -> Any:
    """Read UTF-8 JSON whose objects and lists are nested at most `depth` deep. Raises `InvalidInput`."""
    try:
        value = json.loads(
            raw.decode("utf-8"),
            parse_int=lambda digits: int(_number(digits)),
            parse_float=lambda digits: _finite(float(_number(digits))),
            parse_constant=_constant,
            object_pairs_hook=_object,
        )
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
            if isinstance(item, str):
                clean(item)
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
    if "\x00" in text:
        raise InvalidInput("Text must not hold the character NUL.")
    if not text.isascii():
        try:
            text.encode()
        except UnicodeEncodeError as error:
            raise InvalidInput("Text must not hold half of a surrogate pair.") from error
    return text


def _number(digits: str) -> str:
    if len(digits) > _DIGITS:
        raise InvalidInput(f"A number has more than {_DIGITS} digits.")
    return digits


def _finite(number: float) -> float:
    if number in (float("inf"), float("-inf")):
        raise InvalidInput("A number is too large.")
    return number


def _constant(name: str) -> float:
    raise InvalidInput(f"{name} is not JSON.")


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise InvalidInput("An object holds the same name twice.")
    return found
