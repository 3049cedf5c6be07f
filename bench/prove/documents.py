"""Valid documents for a schema, at random, with variables: the soil of the fuzzer. Values are known ones, or hostile ones.

Types of the schema are `Any`: graphql-core's wrappers (lists, non-null) are generics without arguments.
"""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, cast

from graphql import (
    GraphQLEnumType,
    GraphQLField,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLSchema,
    GraphQLUnionType,
    get_named_type,
    is_composite_type,
)

DEEPEST = 4
TEXTS = (
    "",
    "x",
    "é🎼",
    "a" * 600,
    "\x00",
    "'; drop table tasks; --",
    "%",
    "\\",
    "\u202e",
    "null",
    "-1",
    "<script>",
    "\ud800",
)
NUMBERS = (0, 1, 2, 50, 1000, -1, 2**31 - 1, -(2**31))
TIMES = ("2026-11-28T12:00:00Z", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59.999999Z", "2026-02-30T00:00:00Z", "now")


@dataclass
class Writer:
    """Writes documents. `known` gives values that exist, by the name of the argument or the input field."""

    schema: GraphQLSchema
    luck: random.Random
    known: Mapping[str, Sequence[Any]]
    variables: dict[str, Any] = field(default_factory=dict[str, Any])
    declared: list[str] = field(default_factory=list[str])

    def document(self) -> tuple[str, dict[str, Any]]:
        """A document of one operation, and its variables."""
        self.variables, self.declared = {}, []
        word, root = self.luck.choices(
            [("query", self.schema.query_type), ("mutation", self.schema.mutation_type)], [6, 4]
        )[0]
        assert root is not None
        body = self.selection(root, 0)
        declared = f"({', '.join(self.declared)})" if self.declared else ""
        return f"{word} Q{declared} {body}", self.variables

    def selection(self, kind: Any, depth: int) -> str:
        """Some of the fields of a type."""
        if isinstance(kind, GraphQLUnionType | GraphQLInterfaceType) and self.luck.random() < 0.7:
            picked = self.luck.choice(self.schema.get_possible_types(kind))
            return f"{{ __typename ... on {picked.name} {self.selection(picked, depth + 1)} }}"
        fields: dict[str, GraphQLField] = {} if isinstance(kind, GraphQLUnionType) else kind.fields
        names = self.luck.sample(list(fields), min(len(fields), 1 if depth == 0 else self.luck.randint(1, 5)))
        parts = [part for name in names if (part := self.field(name, fields[name], depth))]
        return f"{{ {' '.join(parts) or '__typename'} }}"

    def field(self, name: str, of: Any, depth: int) -> str:
        """A field with arguments, and perhaps an alias and a directive; empty where it would lead too deep."""
        inner = cast("Any", get_named_type(of.type))
        deeper = is_composite_type(inner)
        if deeper and depth >= DEEPEST:
            return ""
        given = [
            f"{key}: {self.variable(key, argument.type)}"
            for key, argument in of.args.items()
            if _is_required(argument.type) or self.luck.random() < 0.3
        ]
        arguments = f"({', '.join(given)})" if given else ""
        alias = f"a{self.luck.randrange(99)}: " if self.luck.random() < 0.05 else ""
        directive = self.luck.choice((" @include(if: true)", " @skip(if: false)")) if self.luck.random() < 0.05 else ""
        return f"{alias}{name}{arguments}{directive}{f' {self.selection(inner, depth + 1)}' if deeper else ''}"

    def variable(self, name: str, kind: Any) -> str:
        """A new variable of that type, with a value."""
        label = f"v{len(self.variables)}"
        self.variables[label] = self.value(name, kind)
        self.declared.append(f"${label}: {kind}")
        return f"${label}"

    def value(self, name: str, kind: Any) -> Any:
        """A value of an input type."""
        if isinstance(kind, GraphQLNonNull):
            return self.value(name, cast("GraphQLNonNull[Any]", kind).of_type)
        if self.luck.random() < 0.05:
            return None
        if isinstance(kind, GraphQLList):
            inner = cast("GraphQLList[Any]", kind).of_type
            return [self.value(name, inner) for _ in range(self.luck.choice((0, 1, 1, 2, 5)))]
        if isinstance(kind, GraphQLEnumType):
            return self.luck.choice(list(kind.values))
        if isinstance(kind, GraphQLInputObjectType):
            return self.inputs(kind)
        if name in self.known and self.luck.random() < 0.8:
            return self.luck.choice(self.known[name])
        return self.luck.choice(SCALARS.get(kind.name, TEXTS))

    def inputs(self, kind: Any) -> dict[str, Any]:
        """An object: what it must have, and some of what it may."""
        if kind.is_one_of:
            name = self.luck.choice(list(kind.fields))
            return {name: self.value(name, kind.fields[name].type)}
        return {
            name: self.value(name, one.type)
            for name, one in kind.fields.items()
            if _is_required(one.type) or self.luck.random() < 0.3
        }


SCALARS: Mapping[str, Sequence[Any]] = {
    "Int": NUMBERS,
    "Float": (0.0, -0.5, 1e300),
    "Boolean": (True, False),
    "ID": ("", "x", "VGFzazox", "4", "é" * 40),
    "String": TEXTS,
    "DateTime": TIMES,
    "JSON": (None, {}, [], {"a": [1, {"b": None}]}, "x", 1.5, {"\x00": "\x00"}),
}


def _is_required(kind: object) -> bool:
    return isinstance(kind, GraphQLNonNull)
