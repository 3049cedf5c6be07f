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

from gql.columns import columnar
from gql.documents import Prepared
from gql.plan import NotPlain, Step, compile_plan
from gql.request import Asked
from gql.tables import Table, compile_table

_NOTHING: tuple[None, dict[str, Any]] = (None, {})


class PlannedExecutor(StrawberryGraphQLCoreExecutionContext):
    """Completes the plain fields of objects by a plan, made once for each selection of an execution."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # By the identity of what was collected; that is kept beside the plan, so that no other can get its identity.
        self._plans: dict[int, tuple[Mapping[str, Any], list[Step] | None]] = {}
        self._tables: dict[int, Table] = {}
        # What is done of an object of a list that is not plain throughout: by what was collected and the object.
        self._done: dict[tuple[int, int], tuple[Any, dict[str, Any]]] = {}

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
        _, done = self._done.get((id(grouped_field_set), id(source_value)), _NOTHING)
        return self._follow(steps, parent_type, source_value, path, done)

    def complete_iterable_value(
        self,
        item_type: Any,
        field_details_list: Any,
        info: Any,
        path: Path,
        items: Any,
        position_context: Any,
    ) -> Any:
        """A list: as a table where its objects are plain, unless it is streamed, or fields are deferred or wrapped."""
        kind: Any = item_type.of_type if str(item_type).endswith("!") else item_type
        plain = position_context is None and self.middleware_manager is None
        plain = plain and (type(items) in (list, tuple) or columnar(items))
        if plain and isinstance(kind, GraphQLObjectType) and self.get_stream_usage(field_details_list, path) is None:
            try:
                table, rows = self._rows(kind, field_details_list, info, items)
                if table.whole:
                    return rows
                for item, row in zip(items, rows, strict=True):
                    self._done[id(table.fields), id(item)] = item, row
            except Exception:  # noqa: S110 # the usual path says what is the matter, and where in the answer
                pass
        usual = cast("Callable[..., Any]", super().complete_iterable_value)
        return usual(item_type, field_details_list, info, path, items, position_context)

    def _rows(
        self, kind: GraphQLObjectType, details: Any, info: Any, items: Sequence[Any]
    ) -> tuple[Table, list[dict[str, Any]]]:
        """What is plain of a list of objects. Raises anything where the usual path should have a look."""
        is_awaitable = cast("Callable[[Any], bool]", self.is_awaitable)
        looked_at: Sequence[Any] = items.sample() if columnar(items) else items
        for one in {type(item): item for item in looked_at}.values():
            if one is None or isinstance(one, Exception) or is_awaitable(one):
                raise NotPlain
        if kind.is_type_of and not all(kind.is_type_of(item, info) is True for item in looked_at):
            raise NotPlain
        fields, deferred, _ = self.collect_subfields(kind, details)
        if deferred:
            raise NotPlain
        known = self._tables.get(id(fields))
        if known is None:

            def within(inner: GraphQLObjectType, details: Any, items: Sequence[Any]) -> list[dict[str, Any]]:
                table, rows = self._rows(inner, details, info, items)
                if not table.whole:
                    raise NotPlain
                return rows

            known = self._tables[id(fields)] = compile_table(self.schema, kind, fields, within)
        return known, known.fill(items)

    def _plan(self, parent_type: GraphQLObjectType, fields: Mapping[str, Any]) -> list[Step] | None:
        known = self._plans.get(id(fields))
        if known is None:
            known = self._plans[id(fields)] = (fields, compile_plan(self.schema, parent_type, fields))
        return known[1]

    def _follow(
        self, steps: list[Step], parent_type: GraphQLObjectType, source: Any, path: Path, done: Mapping[str, Any]
    ) -> Any:
        results: dict[str, Any] = {}
        waiting: list[str] = []
        is_awaitable = cast("Callable[[Any], bool]", self.is_awaitable)
        try:
            for step in steps:
                if step.name in done:
                    results[step.name] = done[step.name]
                    continue
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
    context.reading.fields = prepared.fields
    way = prepared.ways.of(schema, prepared.node, asked.operation_name)
    if way is not None:
        context.reading.packed, context.reading.ahead = True, way.ahead.first(asked.variables)
        try:
            return ExecutionResult(await way(context, asked.variables), None)
        except Exception:  # the usual path says what is the matter
            way.failed += 1
        context.reading.packed, context.reading.ahead = False, None
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
