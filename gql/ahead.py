"""Whether a query is sure to ask for a workspace by its slug, and for a page of its newest tasks: both are then read at once.

Only how much should be read ahead. The resolvers judge the arguments as ever, and take what was read (gql/loaders.py) when it is
just what they would have read; else nothing comes of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from graphql import (
    FragmentDefinitionNode,
    GraphQLObjectType,
    GraphQLSchema,
    IntValueNode,
    NullValueNode,
    OperationDefinitionNode,
    ValueNode,
    VariableNode,
)

from engine.cursors import MAX_PAGE
from gql.selections import Fields, NotKnown, collect


class Ahead:
    """How many tasks a query asks for. `root` is what it selects."""

    def __init__(
        self,
        schema: GraphQLSchema,
        operation: OperationDefinitionNode,
        root: Fields,
        fragments: Mapping[str, FragmentDefinitionNode],
    ) -> None:
        self._defaults = {
            each.variable.name.value for each in operation.variable_definitions or () if each.default_value is not None
        }
        self._arguments = _page(schema, root, fragments)

    def first(self, variables: Mapping[str, Any]) -> int | None:
        """The size of the page. None where it is not known, or is not the first one of the newest tasks.

        `variables` are as they came: not judged yet.
        """
        given = {name: self._value(value, variables) for name, value in self._arguments.items()}
        first = given.pop("first", None)
        others = any(each is not None for each in given.values())
        return first if type(first) is int and 1 <= first <= MAX_PAGE and not others else None

    def _value(self, value: ValueNode, variables: Mapping[str, Any]) -> object:
        match value:
            case VariableNode() if value.name.value not in self._defaults:
                return variables.get(value.name.value)
            case IntValueNode():
                return int(value.value)
            case NullValueNode():
                return None
            case _:
                return value


def _page(
    schema: GraphQLSchema, root: Fields, fragments: Mapping[str, FragmentDefinitionNode]
) -> Mapping[str, ValueNode]:
    """The arguments of the one page of the one workspace."""
    kind = schema.get_type("Workspace")
    if len(root) != 1 or not isinstance(kind, GraphQLObjectType):
        return {}
    [details] = root.values()
    if details[0].node.name.value != "workspace":
        return {}
    try:
        inner = collect(kind, [each.node.selection_set for each in details], fragments)
    except NotKnown:
        return {}
    pages = [each[0].node for each in inner.values() if each[0].node.name.value == "tasks"]
    return {each.name.value: each.value for each in pages[0].arguments or ()} if len(pages) == 1 else {}
