"""The input of a task against the JSON Schema of its kind: what is wrong, and where."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Protocol, cast

from jsonschema import Draft202012Validator
from jsonschema.exceptions import SchemaError

from engine.errors import Problem

MAX_PROBLEMS = 20
MAX_MESSAGE = 300

JsonSchema = Mapping[str, Any]  # JSON: whatever the standard allows


class _Violation(Protocol):
    message: str
    absolute_path: Iterable[str | int]


class _Validator(Protocol):
    def iter_errors(self, instance: object) -> Iterable[_Violation]: ...


def problems(schema: JsonSchema, value: object) -> list[Problem]:
    """What is wrong with `value`, at most twenty things, in the order of their places. Empty: nothing."""
    validator = Draft202012Validator(dict(schema))
    found = cast("_Validator", validator).iter_errors(value)
    listed = sorted((_problem(violation) for violation in found), key=lambda problem: problem.path)
    return listed[:MAX_PROBLEMS]


def fault(schema: JsonSchema) -> str | None:
    """Why `schema` itself cannot be used; None when it can."""
    try:
        Draft202012Validator.check_schema(dict(schema))
    except SchemaError as error:
        place = ".".join(str(part) for part in error.absolute_path)
        return f"not a JSON Schema (2020-12): {place + ': ' if place else ''}{error.message}"
    for reference in _references(schema):
        if not reference.startswith("#"):
            return f'"$ref": "{reference}" points outside; only "#/…" is allowed'
    return None


def _problem(violation: _Violation) -> Problem:
    path = ".".join(("input", *(str(part) for part in violation.absolute_path)))
    message = violation.message
    return Problem(path, message if len(message) <= MAX_MESSAGE else message[: MAX_MESSAGE - 1] + "…")


def _references(schema: object) -> Iterator[str]:
    if isinstance(schema, Mapping):
        for key, value in cast("Mapping[str, object]", schema).items():
            if key in {"$ref", "$dynamicRef"} and isinstance(value, str):
                yield value
            else:
                yield from _references(value)
    elif isinstance(schema, list):
        for value in cast("list[object]", schema):
            yield from _references(value)
