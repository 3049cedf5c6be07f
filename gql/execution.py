"""The execution of a prepared document by graphql-core, where what is plain is done by a plan (gql/plan.py)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, cast

import strawberry
from graphql import (
    ExecutionResult,
    GraphQLObjectType,
    GraphQLSchema,
    execute,  # pyright: ignore[reportUnknownVariableType]  # graphql-core: generics without parameters
)
from graphql.pyutils import Path, Undefined, gather_with_cancel
from strawberry.schema.schema import StrawberryGraphQLCoreExecutionContext

from gql.documents import Prepared
from gql.plan import Step, compile_plan
from gql.request import Asked


class PlannedExecutor(StrawberryGraphQLCoreExecutionContext):
    """Completes the plain fields of objects by a plan, made once for each selection of an execution."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # By the identity of what was collected; that is kept beside the plan, so that no other can get its identity.
        self._plans: dict[int, tuple[Mapping[str, Any], list[Step] | None]] = {}

    def execute_collected_subfields(
        self,
        parent_type: GraphQLObjectType,
        source_value: Any,
        path: Path,
        grouped_field_set: dict[str, Any],
        new_defer_usages: Sequence[Any],
        delivery_group_map: Any,
    ) -> Any:
        """The fields of one object: by the plan where there is one, unless fields are deferred or wrapped."""
        plain = not new_defer_usages and delivery_group_map is None and self.middleware_manager is None
        steps = self._plan(parent_type, grouped_field_set) if plain else None
        if steps is None:
            return super().execute_collected_subfields(
                parent_type, source_value, path, grouped_field_set, new_defer_usages, delivery_group_map
            )
        return self._follow(steps, parent_type, source_value, path)

    def _plan(self, parent_type: GraphQLObjectType, fields: Mapping[str, Any]) -> list[Step] | None:
        known = self._plans.get(id(fields))
        if known is None:
            known = self._plans[id(fields)] = (fields, compile_plan(self.schema, parent_type, fields))
        return known[1]

    def _follow(self, steps: list[Step], parent_type: GraphQLObjectType, source: Any, path: Path) -> Any:
        results: dict[str, Any] = {}
        waiting: list[str] = []
        is_awaitable = cast("Callable[[Any], bool]", self.is_awaitable)
        try:
            for step in steps:
                if step.complete is not None:
                    try:
                        results[step.name] = step.complete(source)
                        continue
                    except Exception:  # noqa: S110 # the usual path says what is the matter, and where in the answer
                        pass
                field_path = Path(path, step.name, parent_type.name)
                result = self.execute_field(parent_type, source, step.details, field_path, None)
                if result is not Undefined:
                    results[step.name] = result
                    if is_awaitable(result):
                        waiting.append(step.name)
        except Exception:
            if waiting:
                self.settle_in_background([results[name] for name in waiting])
            raise
        return self._awaited(results, waiting) if waiting else results

    async def _awaited(self, results: dict[str, Any], waiting: list[str]) -> dict[str, Any]:
        if len(waiting) == 1:  # as graphql-core does it, so that errors come in the same order
            results[waiting[0]] = await results[waiting[0]]
        else:
            found = await gather_with_cancel(*(results[name] for name in waiting))
            results.update(zip(waiting, found, strict=True))
        return results


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
        executor_class=PlannedExecutor,
        hide_suggestions=True,
    )
    return result if isinstance(result, ExecutionResult) else await result
