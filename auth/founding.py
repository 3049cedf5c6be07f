"""How a workspace comes to be: with a slug that no other has, and its founder as its admin."""

import secrets
from collections.abc import Iterable, Iterator

from sqlalchemy.ext.asyncio import AsyncConnection

from auth import audit, names, statements
from auth.errors import Taken
from models.authority import Authority
from models.base import new_id
from models.workspace import Workspace


async def found(connection: AsyncConnection, by: Authority, name: str, slug: str | None = None) -> Workspace:
    """Make a workspace whose admin is `by`. Without a slug one is made of the name. Raises `Taken`, `Invalid`."""
    return await _found(connection, by, names.name(name), [names.slug(slug)] if slug else _choices(names.slug_of(name)))


async def found_own(connection: AsyncConnection, by: Authority, person: str) -> Workspace:
    """Make the workspace that comes with an account."""
    name = f"{person[: names.LONGEST_NAME - 12]}'s workspace"
    return await _found(connection, by, name, _choices(names.slug_of(person)))


async def _found(connection: AsyncConnection, by: Authority, name: str, choices: Iterable[str]) -> Workspace:
    for choice in choices:
        cells = await statements.first(
            connection, "found_workspace", id=new_id(), name=name, slug=choice, user_id=by.user_id
        )
        if cells is not None:
            made = statements.workspace(cells)
            await audit.record(
                connection, audit.Act.WORKSPACE_CREATED, by, workspace=made.id, detail={"name": name, "slug": choice}
            )
            return made
    raise Taken("This slug is taken: choose another.")


def _choices(slug: str) -> Iterator[str]:
    yield slug
    yield from (f"{slug}-{number}" for number in range(2, 5))
    yield from (f"{slug}-{secrets.token_hex(4)}" for _ in range(5))
