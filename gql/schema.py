"""The schema as it is served: built once a process from the root types, and printed for clients (gql/schema.graphql)."""

from collections.abc import Iterable
from pathlib import Path

import strawberry
from graphql import (
    GraphQLArgument,
    GraphQLInputField,
    GraphQLInputObjectType,
    GraphQLObjectType,
    GraphQLSchema,
    Undefined,
    lexicographic_sort_schema,
    print_schema,
)
from strawberry.schema.config import StrawberryConfig
from strawberry.schema.name_converter import NameConverter

from gql.execution import core
from gql.mutations import Mutation
from gql.queries import Query
from gql.scalars import SCALARS
from gql.subscriptions import Subscription
from gql.types.membership import ApiToken, Invitation

FILE = Path(__file__).parent / "schema.graphql"


class Names(NameConverter):
    """Strawberry's, each made once: it asks for those of all arguments with each call of a field."""

    def __init__(self) -> None:
        super().__init__()
        self._known: dict[str, str] = {}  # as many as the schema has

    def apply_naming_config(self, name: str) -> str:
        """`in_python` is `inGraphql`."""
        if name not in self._known:
            self._known[name] = super().apply_naming_config(name)
        return self._known[name]


def build() -> strawberry.Schema:
    """A schema of our types. An argument that may be left out has no default of null: absent and null are the same."""
    schema = strawberry.Schema(
        query=Query,
        mutation=Mutation,
        subscription=Subscription,
        types=[ApiToken, Invitation],
        config=StrawberryConfig(scalar_map=SCALARS, disable_field_suggestions=True, name_converter=Names()),
    )
    _complete(core(schema))
    return schema


def export(schema: strawberry.Schema) -> str:
    """The schema in its own language, sorted: what stands in gql/schema.graphql."""
    return print_schema(lexicographic_sort_schema(core(schema))).rstrip() + "\n"


def _complete(schema: GraphQLSchema) -> None:
    """What Strawberry has no word for: arguments without a default, and, for graphql-core's own rules, `@oneOf`."""
    for kind in schema.type_map.values():
        if isinstance(kind, GraphQLInputObjectType):
            kind.is_one_of = kind.extensions["strawberry-definition"].is_one_of
            _forget_null(kind.fields.values())
        elif isinstance(kind, GraphQLObjectType):
            for field in kind.fields.values():
                _forget_null(field.args.values())


def _forget_null(values: Iterable[GraphQLArgument | GraphQLInputField]) -> None:
    for value in values:
        if value.default_value is None:
            value.default_value = Undefined


schema = build()
