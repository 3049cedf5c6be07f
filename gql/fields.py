"""How fields with a resolver are declared: guarded by the table of guards.py, and refusals of the floors below told.

A field that only returns an attribute needs none of this and stays plain (gql/execution.py completes those by a plan).
"""

from typing import Any

import strawberry
from strawberry.extensions import FieldExtension
from strawberry.extensions.field_extension import AsyncExtensionResolver

from auth.errors import AuthError
from engine.errors import InvalidInput as EngineInvalid
from gql.context import Info
from gql.guards import guard
from gql.mapping import told


class Told(FieldExtension):
    """Tells what auth and engine raise as an error of the contract.

    `prefix` stands before the paths that they name.
    """

    def __init__(self, prefix: str = "") -> None:
        self.prefix = prefix

    async def resolve_async(self, next_: AsyncExtensionResolver, source: Any, info: Info, **kwargs: Any) -> Any:
        """Any field, any arguments, any answer."""
        try:
            return await next_(source, info, **kwargs)
        except (AuthError, EngineInvalid) as error:
            raise told(error, self.prefix) from error


class Anew(FieldExtension):
    """A root field of a mutation reads anew what the one before it may have changed."""

    async def resolve_async(self, next_: AsyncExtensionResolver, source: Any, info: Info, **kwargs: Any) -> Any:
        """Any field, any arguments, any answer."""
        info.context.renew(info.context)
        return await next_(source, info, **kwargs)


def told_field(description: str, prefix: str = "") -> Any:  # Strawberry types its fields as Any
    """A field of a type whose resolver asks the floors below."""
    return strawberry.field(description=description, extensions=[Told(prefix)])


def query(name: str, description: str) -> Any:  # Strawberry types its fields as Any
    """A root field of `Query`."""
    return strawberry.field(description=description, permission_classes=guard("Query", name), extensions=[Told()])


def mutation(name: str, description: str, prefix: str = "") -> Any:  # Strawberry types its fields as Any
    """A root field of `Mutation`."""
    return strawberry.mutation(
        description=description, permission_classes=guard("Mutation", name), extensions=[Told(prefix), Anew()]
    )
