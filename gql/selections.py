"""What a selection asks for, collected once for a document: fields by their names in the answer, fragments taken apart.

Only what does not depend on variables or on the class of an object; anything else is `NotKnown` beforehand.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple, TypeAlias

from graphql import (
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLObjectType,
    InlineFragmentNode,
    ListValueNode,
    ObjectValueNode,
    SelectionSetNode,
    VariableNode,
)
from graphql.language import Node


class NotKnown(Exception):
    """It takes an execution to know what is asked for."""


class Detail(NamedTuple):
    """A field of a document, as graphql-core lists them."""

    node: FieldNode


Fields: TypeAlias = dict[str, list[Detail]]


def collect(
    kind: GraphQLObjectType,
    selections: Sequence[SelectionSetNode | None],
    fragments: Mapping[str, FragmentDefinitionNode],
) -> Fields:
    """The fields of an object of a type, in the order of the specification (section 6.3.2). Raises `NotKnown`."""
    found: Fields = {}
    spread: set[str] = set()
    for each in selections:
        if each is not None:
            _visit(kind, each, fragments, found, spread)
    return found


def _visit(
    kind: GraphQLObjectType,
    selections: SelectionSetNode,
    fragments: Mapping[str, FragmentDefinitionNode],
    found: Fields,
    spread: set[str],
) -> None:
    for node in selections.selections:
        if node.directives:
            raise NotKnown
        match node:
            case FieldNode():
                found.setdefault((node.alias or node.name).value, []).append(Detail(node))
            case InlineFragmentNode():
                if node.type_condition and node.type_condition.name.value != kind.name:
                    raise NotKnown
                _visit(kind, node.selection_set, fragments, found, spread)
            case FragmentSpreadNode():
                name = node.name.value
                fragment = fragments[name]
                if fragment.directives or fragment.type_condition.name.value != kind.name:
                    raise NotKnown
                if name not in spread:
                    spread.add(name)
                    _visit(kind, fragment.selection_set, fragments, found, spread)
            case _:
                raise NotKnown


def has_variables(field: FieldNode) -> bool:
    """Whether an argument of a field holds a variable."""
    waiting: list[Node] = [argument.value for argument in field.arguments or ()]
    while waiting:
        node = waiting.pop()
        if isinstance(node, VariableNode):
            return True
        if isinstance(node, ListValueNode):
            waiting.extend(node.values)
        elif isinstance(node, ObjectValueNode):
            waiting.extend(each.value for each in node.fields)
    return False
