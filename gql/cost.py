"""What a document costs: the fields that its answer may hold, by the page sizes that it asks for.

A field costs 1, times the page sizes of the lists that it stands in. A page is what a field with `first` or `last`
returns; its size is the argument (of the document or its variables), else the schema's default, else 50. Lists without
these arguments count 50, unless they are the lists of a page (`edges`, `nodes`). Worked out once a document as a table,
so that a request only fills in its variables.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias, cast

from graphql import (
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLField,
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLSchema,
    GraphQLUnionType,
    IntValueNode,
    ListValueNode,
    NullValueNode,
    OperationDefinitionNode,
    ValueNode,
    VariableNode,
)

from gql.outline import Block, Outline

PAGE = 50  # where neither the document nor the schema says how many
INVALID = 100  # where what is said is no number: the execution will refuse it
_INTROSPECTION = 5  # the lists of a schema about itself are short, and validation bounds how often they nest
_MOST = 2**31 - 1
_SIZES = ("first", "last")

# What JSON can hold; a variable may be anything until it is coerced.
Variables: TypeAlias = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Page:
    """A size that a document leaves to its variables, or that counts ids: the largest of its arguments."""

    arguments: tuple[ValueNode, ...]
    default: int

    def size(self, variables: Variables) -> int:
        """How many items, as these variables have it."""
        found = [size for node in self.arguments if (size := _size(node, variables)) is not None]
        return max(found, default=self.default)


@dataclass(frozen=True, slots=True)
class _Row:
    own: int
    parts: list[tuple[Page | int, int]]  # the size of a list, the row of what stands in each of its items


@dataclass(frozen=True, slots=True)
class Cost:
    """The cost of every operation of a document, waiting for variables."""

    rows: list[_Row]
    start: dict[int, int]

    def of(self, operation: OperationDefinitionNode, variables: Variables) -> int:
        """How many fields the answer may hold, at most 2^31 - 1."""
        known = _defaults(operation) | dict(variables)
        totals: list[int] = []
        for row in self.rows:
            inner = sum(
                (size if isinstance(size, int) else size.size(known)) * totals[index] for size, index in row.parts
            )
            totals.append(min(row.own + inner, _MOST))
        return totals[self.start[id(operation)]]


class Prices:
    """What the fields of one schema cost; made once for a schema."""

    def __init__(self, schema: GraphQLSchema) -> None:
        self._schema = schema
        composite = [kind for kind in schema.type_map.values() if isinstance(kind, GraphQLObjectType)]
        self._pages = {
            _shape(field)[1]
            for kind in composite
            for field in kind.fields.values()
            if not _shape(field)[0] and any(name in field.args for name in _SIZES)
        }

    def cost(self, shape: Outline) -> Cost:
        """Work the costs of a judged document out as far as they do not depend on variables. Unknown fields cost 1."""
        types = self._types(shape)
        index = {id(block): position for position, block in enumerate(shape.blocks)}
        rows = [self._row(block, types.get(id(block)), index) for block in shape.blocks]
        return Cost(rows, {id(node): index[id(block)] for node, block in shape.operations})

    def _row(self, block: Block, parent: str | None, index: Mapping[int, int]) -> _Row:
        own = 0
        parts: list[tuple[Page | int, int]] = []
        for selection, inner in block.selections:
            size: Page | int = 1
            if isinstance(selection, FieldNode):
                own += 1
                size = self._size(selection, parent)
            if inner is not None:
                parts.append((size, index[id(inner)]))
        return _Row(own, parts)

    def _size(self, node: FieldNode, parent: str | None) -> Page | int:
        field = self._field(parent, node)
        if field is None or parent is None:
            return 1
        if any(name in field.args for name in _SIZES):
            return _fixed(Page(_given(node, _SIZES), _default(field)))
        listed, named = _shape(field)
        if not listed:
            return PAGE if named in self._pages else 1
        if parent.startswith("__"):
            return _INTROSPECTION
        return 1 if parent in self._pages else _fixed(Page(_given(node, ("ids",)), PAGE))

    def _field(self, parent: str | None, node: FieldNode) -> GraphQLField | None:
        kind = self._schema.get_type(parent) if parent else None
        composite = isinstance(kind, GraphQLObjectType | GraphQLInterfaceType | GraphQLUnionType)
        return self._schema.get_field(kind, node.name.value) if composite else None

    def _types(self, shape: Outline) -> dict[int, str | None]:
        """The name of the type that each block selects from: outermost first, which is the outline backwards."""
        types: dict[int, str | None] = {}
        for definition, block in shape.roots:
            if isinstance(definition, FragmentDefinitionNode):
                types[id(block)] = definition.type_condition.name.value
            else:
                root = self._schema.get_root_type(definition.operation)
                types[id(block)] = root.name if root else None
        for block in reversed(shape.blocks):
            parent = types.get(id(block))
            for selection, inner in block.selections:
                if inner is None or isinstance(selection, FragmentSpreadNode):
                    continue
                if isinstance(selection, FieldNode):
                    field = self._field(parent, selection)
                    types[id(inner)] = _shape(field)[1] if field else None
                else:
                    condition = selection.type_condition
                    types[id(inner)] = condition.name.value if condition else parent
        return types


def _shape(field: GraphQLField) -> tuple[bool, str]:
    """Whether a field is a list, and the name of the type that it comes down to."""
    written = str(cast("object", field.type))  # graphql-core: generics without parameters
    return "[" in written, written.strip("[]!")


def _given(node: FieldNode, names: tuple[str, ...]) -> tuple[ValueNode, ...]:
    return tuple(argument.value for argument in node.arguments or () if argument.name.value in names)


def _default(field: GraphQLField) -> int:
    """The page that the schema gives where a document does not say."""
    for name in _SIZES:
        argument = field.args.get(name)
        value = argument.default_value if argument else None
        if argument and argument.default and argument.default.literal:
            value = _size(argument.default.literal, {})
        if isinstance(value, int):
            return value
    return PAGE


def _fixed(page: Page) -> Page | int:
    """The number itself where no variable is needed for it."""
    waits = any(isinstance(node, VariableNode) for node in page.arguments)
    return page if waits else page.size({})


def _size(node: ValueNode, variables: Variables) -> int | None:
    """How many items a value asks for: None where it says nothing."""
    if isinstance(node, VariableNode):
        value = variables.get(node.name.value)
    elif isinstance(node, IntValueNode):
        value = int(node.value) if len(node.value) < 12 else None if node.value.startswith("-") else _MOST
    elif isinstance(node, ListValueNode):
        value = node.values
    else:
        return None if isinstance(node, NullValueNode) else INVALID
    if value is None:
        return None
    if isinstance(value, list | tuple):
        return max(len(value), 1)  # pyright: ignore[reportUnknownArgumentType]  # of any JSON
    number = value if isinstance(value, int) and not isinstance(value, bool) else INVALID
    return number if number >= 0 else INVALID


def _defaults(operation: OperationDefinitionNode) -> dict[str, Any]:
    """The values that variables have where a request gives none."""
    sizes = {
        definition.variable.name.value: _size(definition.default_value, {})
        for definition in operation.variable_definitions or ()
        if definition.default_value is not None
    }
    return {name: size for name, size in sizes.items() if size is not None}
