"""A list of plain objects is completed as a table: column by column, then row by row; what is not plain is left to the executor.

A table is made once for each selection of an execution, on top of what gql/columns.py knows of the fields.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Any, TypeAlias, cast

from graphql import GraphQLObjectType, GraphQLSchema, get_named_type

from gql.columns import Column, column, shared
from gql.plan import NotPlain, attribute_of

_KEPT = "fermata-columns"
_TYPENAME = "__typename"
# How a list of objects of a type with a selection is completed. Raises where the usual path should have a look.
Rows: TypeAlias = Callable[[GraphQLObjectType, Any, Sequence[Any]], list[dict[str, Any]]]


@dataclass(frozen=True, slots=True)
class Field:
    """A field that only returns an attribute: how to read it, and how it is completed; `kind` alone: of objects."""

    read: Callable[[Any], Any]
    complete: Column | None
    kind: Any


@dataclass(frozen=True, slots=True)
class Table:
    """The columns of what is plain, by the names of the answer."""

    fields: Mapping[str, Any]  # what was collected: kept, as it is known by its identity
    columns: Mapping[str, tuple[Callable[[Any], Any], Column]]

    @property
    def whole(self) -> bool:
        """Whether nothing is left to the executor."""
        return len(self.columns) == len(self.fields)

    def fill(self, sources: Sequence[Any]) -> list[dict[str, Any]]:
        """A row for each, in the order of the selection."""
        if not self.columns or not sources:
            return [{} for _ in sources]
        done = [complete(list(map(read, sources))) for read, complete in self.columns.values()]
        return [dict(zip(self.columns, row, strict=True)) for row in zip(*done, strict=True)]


def compile_table(schema: GraphQLSchema, parent: GraphQLObjectType, fields: Mapping[str, Any], rows: Rows) -> Table:
    """The table for a collected selection on objects of a type; `rows` completes objects within objects."""
    memo: dict[str, Field | None] = parent.extensions.setdefault(_KEPT, {})
    columns: dict[str, tuple[Callable[[Any], Any], Column]] = {}
    for name, details in fields.items():
        field = details[0].node.name.value
        if field not in memo:
            memo[field] = _field(schema, parent, field)
        found = memo[field]
        complete = (found.complete or _objects(found.kind, details, rows)) if found else None
        if found and complete:
            columns[name] = found.read, complete
    return Table(fields, columns)


def _field(schema: GraphQLSchema, parent: GraphQLObjectType, name: str) -> Field | None:
    if name == _TYPENAME:
        return Field(lambda _: parent.name, list, None)
    definition: Any = schema.get_field(parent, name)
    attribute = attribute_of(definition) if definition else None
    if definition is None or attribute is None:
        return None
    return Field(attrgetter(attribute), column(definition.type), definition.type)


def _objects(kind: Any, details: Any, rows: Rows) -> Column | None:
    """An object, or a list of objects, that an attribute holds."""
    required = str(kind).endswith("!")
    many = str(kind).startswith("[")
    item = cast("object", get_named_type(kind))
    if str(kind).startswith("[[") or not isinstance(item, GraphQLObjectType):
        return None

    def complete(value: Any) -> Any:
        if value is None:
            if required:
                raise NotPlain
            return None
        if not many:
            return rows(item, details, [value])[0]
        if type(value) not in (list, tuple):
            raise NotPlain
        return rows(item, details, value)

    return shared(complete)
