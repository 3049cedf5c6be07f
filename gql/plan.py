"""What of a selection is plain, compiled once and then done for each object of a list: attribute, check, value.

graphql-core builds a path and an info for every field of every object, looks its definition up and asks what kind of type
it has; for an attribute that is a string none of this matters. The plan knows those fields beforehand. Whatever is not
plain, or turns out not to be (null where it may not be, an error, something to wait for, a value of another kind), takes
the usual path, so that results and errors are the usual ones: tests/gql/test_plan.py compares them, bench/plan.py measures.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from operator import attrgetter
from typing import Any, TypeAlias, cast
from uuid import UUID

from graphql import (
    GraphQLBoolean,
    GraphQLEnumType,
    GraphQLField,
    GraphQLFloat,
    GraphQLID,
    GraphQLInt,
    GraphQLObjectType,
    GraphQLScalarType,
    GraphQLSchema,
    GraphQLString,
    Undefined,
)
from strawberry.types.field import StrawberryField

# The value of a field of one object. Raises anything at all where the usual path should have a look.
Complete: TypeAlias = Callable[[Any], Any]

_KEPT = "fermata-plan"
_BACKREF = "strawberry-definition"  # where Strawberry keeps its own definition of a field


class NotPlain(Exception):
    """A value that needs more than a plan."""


@dataclass(frozen=True, slots=True)
class Step:
    """A field of the answer: its name there, its nodes, and how to do it, if it is plain."""

    name: str
    details: Any  # graphql-core's FieldDetailsList
    complete: Complete | None


def compile_plan(schema: GraphQLSchema, parent: GraphQLObjectType, fields: Mapping[str, Any]) -> list[Step] | None:
    """The steps for a collected selection on objects of a type; None where nothing of it is plain.

    What is plain about a type is worked out once a schema, and kept where graphql-core lets others keep things.
    """
    known: dict[str, Complete | None] = parent.extensions.setdefault(_KEPT, {})
    steps: list[Step] = []
    for name, details in fields.items():
        field = details[0].node.name.value
        if field not in known:
            known[field] = _field(schema, parent, field)
        steps.append(Step(name, details, known[field]))
    return steps if any(step.complete for step in steps) else None


def _field(schema: GraphQLSchema, parent: GraphQLObjectType, name: str) -> Complete | None:
    if name == "__typename":
        return lambda _source: parent.name
    definition = schema.get_field(parent, name)
    attribute = attribute_of(definition) if definition else None
    complete = value(definition.type) if definition and attribute else None  # pyright: ignore[reportUnknownMemberType]
    if attribute is None or complete is None:
        return None
    read = attrgetter(attribute)
    return lambda source: complete(read(source))


def attribute_of(definition: GraphQLField) -> str | None:
    """The attribute that a field only returns; None where a resolver or arguments have a say."""
    if definition.args:
        return None
    field = definition.extensions.get(_BACKREF)
    plain = isinstance(field, StrawberryField) and field.is_basic_field and field.default_resolver is getattr
    # A handler of exceptions gives a basic field a resolver nevertheless; Strawberry marks those that have none.
    return (
        cast("StrawberryField", field).python_name
        if plain and getattr(definition.resolve, "_is_default", False)
        else None
    )


def value(kind: Any) -> Complete | None:
    """How values of a leaf type, or lists of one, are completed; None for objects."""
    written = str(kind)
    if written.endswith("!"):
        return _never_null(value(kind.of_type))
    if written.startswith("["):
        return _list(value(kind.of_type))
    leaf = _leaf(kind)
    return None if leaf is None else lambda value: None if value is None else leaf(value)


def _never_null(inner: Complete | None) -> Complete | None:
    def complete(value: Any) -> Any:
        if value is None:
            raise NotPlain
        return inner(value) if inner else None

    return complete if inner else None


def _list(item: Complete | None) -> Complete | None:
    def complete(value: Any) -> Any:
        if value is None:
            return None
        if type(value) not in (list, tuple):
            raise NotPlain
        return [item(each) for each in value] if item else None

    return complete if item else None


def _leaf(kind: object) -> Complete | None:
    if isinstance(kind, GraphQLEnumType):
        return _enum(kind)
    if not isinstance(kind, GraphQLScalarType):
        return None
    return _EXACT.get(kind.name) if kind is BUILT_IN.get(kind.name) else _scalar(kind)


def _enum(kind: GraphQLEnumType) -> Complete:
    names: dict[Any, str] = {}

    def complete(value: Any) -> Any:
        if not isinstance(value, Enum):
            raise NotPlain
        name = names.get(value)
        if name is None:
            name = names[value] = kind.coerce_output_value(value)
        return name

    return complete


def _scalar(kind: GraphQLScalarType) -> Complete:
    """A scalar of ours: its own words for values that surely need not be waited for."""
    coerce = kind.coerce_output_value

    def complete(value: Any) -> Any:
        if type(value) not in SETTLED:
            raise NotPlain
        coerced = coerce(value)
        if coerced is None or coerced is Undefined:
            raise NotPlain
        return coerced

    return complete


def _same(kind: type, holds: Callable[[Any], bool] | None = None) -> Complete:
    def complete(value: Any) -> Any:
        if type(value) is not kind or (holds and not holds(value)):
            raise NotPlain
        return value

    return complete


SETTLED = frozenset({str, int, float, bool, dict, list, tuple, datetime, UUID})
BUILT_IN = {kind.name: kind for kind in (GraphQLString, GraphQLID, GraphQLInt, GraphQLFloat, GraphQLBoolean)}
# What the built-in scalars return as it is; anything else they convert or refuse.
_EXACT: dict[str, Complete] = {
    "String": _same(str),
    "ID": _same(str),
    "Int": _same(int, lambda value: -(2**31) <= value < 2**31),
    "Float": _same(float, math.isfinite),
    "Boolean": _same(bool),
}
