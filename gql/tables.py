"""A list of plain objects is completed as a table: column by column, then row by row; what is not plain is left to the executor.

A table is made once for each selection of an execution, on top of what gql/columns.py knows of the fields.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Any, TypeAlias, cast

from graphql import GraphQLObjectType, GraphQLSchema, get_named_type

from gql.columns import Column, column, columnar, shared
from gql.plan import NotPlain, attribute_of

_KEPT = "fermata-columns"
_TYPENAME = "__typename"
# How a list of objects of a type with a selection is completed. Raises where the usual path should have a look.
Rows: TypeAlias = Callable[[GraphQLObjectType, Any, Sequence[Any]], list[dict[str, Any]]]
# The values of a field, one an object, as they are before they are completed.
Read: TypeAlias = Callable[[Sequence[Any]], Sequence[Any]]


@dataclass(frozen=True, slots=True)
class Field:
    """A field that only returns an attribute: how to read it, and how it is completed; `kind` alone: of objects."""

    read: Read
    complete: Column | None
    kind: Any


@dataclass(frozen=True, slots=True)
class Table:
    """The columns of what is plain, by the names of the answer."""

    fields: Mapping[str, Any]  # what was collected: kept, as it is known by its identity
    columns: Mapping[str, tuple[Read, Column]]

    @property
    def whole(self) -> bool:
        """Whether nothing is left to the executor."""
        return len(self.columns) == len(self.fields)

    def fill(self, sources: Sequence[Any]) -> list[dict[str, Any]]:
        """A row for each, in the order of the selection."""
        if not self.columns or not sources:
            return [{} for _ in sources]
        done = [complete(read(sources)) for read, complete in self.columns.values()]
        names = tuple(self.columns)
        return [dict(zip(names, row)) for row in zip(*done, strict=True)]  # noqa: B905 # a row has a value of each column


def compile_table(schema: GraphQLSchema, parent: GraphQLObjectType, fields: Mapping[str, Any], rows: Rows) -> Table:
    """The table for a collected selection on objects of a type; `rows` completes objects within objects."""
    memo: dict[str, Field | None] = parent.extensions.setdefault(_KEPT, {})
    columns: dict[str, tuple[Read, Column]] = {}
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
        return Field(lambda sources: [parent.name] * len(sources), list, None)
    definition: Any = schema.get_field(parent, name)
    attribute = attribute_of(definition) if definition else None
    if definition is None or attribute is None:
        return None
    return Field(_reader(attribute), column(definition.type), definition.type)


def _reader(attribute: str) -> Read:
    of_one = attrgetter(attribute)

    def read(sources: Sequence[Any]) -> Sequence[Any]:
        found = sources.column(attribute) if columnar(sources) else None
        return list(map(of_one, sources)) if found is None else found

    return read


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
        if type(value) not in (list, tuple):
            raise NotPlain
        return rows(item, details, value)

    def complete_singles(values: Sequence[Any]) -> Sequence[Any]:
        if columnar(values):
            return rows(item, details, values)
        once = {id(value): value for value in values if value is not None}
        if required and any(value is None for value in values):
            raise NotPlain
        done: dict[int, Any] = dict(zip(once, rows(item, details, list(once.values())), strict=True))
        return [done.get(id(value)) for value in values]

    return shared(complete) if many else complete_singles
