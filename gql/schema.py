"""The schema as it is served: built once a process from the root types, and printed for clients (gql/schema.graphql)."""

from pathlib import Path

import strawberry
from graphql import (
    GraphQLInputObjectType,
    GraphQLObjectType,
    GraphQLSchema,
    Undefined,
    lexicographic_sort_schema,
    print_schema,
)
from strawberry.schema.config import StrawberryConfig

from gql.execution import core
from gql.mutations import Mutation
from gql.queries import Query
from gql.scalars import SCALARS
from gql.subscriptions import Subscription
from gql.types.membership import ApiToken, Invitation

FILE = Path(__file__).parent / "schema.graphql"


def build() -> strawberry.Schema:
    """A schema of our types. An argument that may be left out has no default of null: absent and null are the same."""
    schema = strawberry.Schema(
        query=Query,
        mutation=Mutation,
        subscription=Subscription,
        types=[ApiToken, Invitation],
        config=StrawberryConfig(scalar_map=SCALARS, disable_field_suggestions=True),
    )
    _forget_defaults_of_null(core(schema))
    return schema


def export(schema: strawberry.Schema) -> str:
    """The schema in its own language, sorted: what stands in gql/schema.graphql."""
    return print_schema(lexicographic_sort_schema(core(schema))).rstrip() + "\n"


def _forget_defaults_of_null(schema: GraphQLSchema) -> None:
    for kind in schema.type_map.values():
        if isinstance(kind, GraphQLInputObjectType):
            values = list(kind.fields.values())
        elif isinstance(kind, GraphQLObjectType):
            values = [argument for field in kind.fields.values() for argument in field.args.values()]
        else:
            continue
        for value in values:
            if value.default_value is None:
                value.default_value = Undefined


schema = build()
