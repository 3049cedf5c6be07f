"""The execution of a prepared document by graphql-core."""

from __future__ import annotations

from typing import Any

import strawberry
from graphql import (
    ExecutionResult,
    GraphQLSchema,
    execute,  # pyright: ignore[reportUnknownVariableType]  # graphql-core: generics without parameters
)
from strawberry.schema.schema import StrawberryGraphQLCoreExecutionContext

from gql.documents import Prepared
from gql.request import Asked


def core(schema: strawberry.Schema) -> GraphQLSchema:
    """The schema as graphql-core has it. Strawberry keeps it to itself; no other file may depend on that."""
    return schema._schema  # pyright: ignore[reportPrivateUsage]


async def run(schema: GraphQLSchema, prepared: Prepared, asked: Asked, context: Any) -> ExecutionResult:
    """Execute a query or a mutation. Errors of resolvers are in the result, nothing is raised for them."""
    result = execute(
        schema,
        prepared.node,
        context_value=context,
        variable_values=asked.variables,
        operation_name=asked.operation_name,
        executor_class=StrawberryGraphQLCoreExecutionContext,
        hide_suggestions=True,
    )
    return result if isinstance(result, ExecutionResult) else await result
