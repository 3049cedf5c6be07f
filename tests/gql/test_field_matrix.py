"""Every field of every type × everyone × {own, another's, another workspace's, missing}: what the tables imply, and no change.

Generated from the schema: a field that nobody has said a policy for, or that no way leads to, fails. The mutations, and what
they give back, are in test_matrix.py; the model is tests/fixtures/rights.py.
"""

import json
from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import aclosing
from dataclasses import dataclass, replace
from typing import Any

import pytest
import pytest_asyncio
from fixtures.cells import CELLS, DOCUMENTS, Cell, document, missing, things
from fixtures.cluster import Cluster
from fixtures.operations import Scene
from fixtures.places import PAYLOADS, SERVED, types
from fixtures.rights import HERE, Relation, answer, watched
from fixtures.surface import CLIENT, KEYS, SETTINGS, Asker, services
from fixtures.world import ACTORS, World, build, hashes
from graphql import ExecutionResult

from auth.oidc import Providers
from auth.oidc_file import Provider
from auth.passwords import Passwords
from gql.answer import encode as encode_json
from gql.answer import tell
from gql.context import Services
from gql.documents import digest
from gql.guards import Who, policy
from gql.request import Asked
from gql.requests import context
from gql.streaming import events, once, subscribe
from models.database import Database

pytestmark = pytest.mark.asyncio(loop_scope="module")

PROVIDER = Provider(name="someone", label="Someone", issuer="https://issuer.example", client_id="fermata")
WATCH = "subscription ($w: ID!) { taskChanged(workspaceId: $w) { revision tasks { id } deletedIds hasMore reset } }"


@dataclass(frozen=True)
class Stage:
    """Two workspaces with everyone in the first, and what is asked for: by actor and relation."""

    services: Services
    world: World
    variables: Mapping[tuple[str, Relation], Mapping[str, str]]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def stage(cluster: Cluster, passwords: Passwords) -> AsyncGenerator[Stage]:
    """One database for all cells: nothing is changed in it."""
    async with cluster.clone() as url:
        db = Database(url, size=10, timeout=30)
        made = replace(services(db, passwords), providers=Providers([PROVIDER], KEYS, SETTINGS.public_url))
        yield await _stage(made)
        await made.watchers.close()
        await made.providers.close()
        await db.close()


async def _stage(made: Services) -> Stage:
    world, elsewhere = await build(made), await build(made, "ADMIN")
    far = await things(Scene(made, elsewhere, None, own=False))
    variables: dict[tuple[str, Relation], Mapping[str, str]] = {}
    for actor in ACTORS:
        variables[actor, Relation.ELSEWHERE] = far
        variables[actor, Relation.MISSING] = missing(far)
        for relation in HERE:
            scene = Scene(made, world, world.people[actor], own=relation is Relation.OWN)
            variables[actor, relation] = await things(scene)
    return Stage(made, world, variables)


async def test_every_field_of_every_type_can_be_reached_and_has_a_policy() -> None:
    asked = {(cell.kind, cell.field) for cell in CELLS}
    there = {(kind.name, field) for kind in types() if kind.name not in PAYLOADS for field in kind.fields}
    assert sorted(asked ^ there) == []
    assert [one for one in there if policy(*one) not in Who] == []  # KeyError: nobody has said for whom it is


@pytest.mark.parametrize("relation", list(Relation))
@pytest.mark.parametrize("actor", ACTORS)
async def test_every_field_tells_just_what_the_tables_say_and_nothing_changes(
    actor: str, relation: Relation, stage: Stage
) -> None:
    cells = [cell for cell in CELLS if cell.when(relation)]
    expected = {cell: answer(cell.place.steps, cell.kind, cell.field, actor, relation) for cell in cells}
    before = await hashes(stage.services.db)
    found = await _ask(stage, actor, relation, cells)
    assert {cell: one for cell, one in found.items() if one != expected[cell]} == {}
    assert await hashes(stage.services.db) == before


async def _ask(stage: Stage, actor: str, relation: Relation, cells: Sequence[Cell]) -> dict[Cell, str]:
    """What each cell tells. Root fields that cannot be null stand alone, as their error takes all of a document's data."""
    variables, as_ = stage.variables[actor, relation], stage.world.people[actor]
    asker = Asker(stage.services, CLIENT, documents=DOCUMENTS)
    alone = [[cell] for cell in cells if cell.place.variable is None]
    together = [cell for cell in cells if cell.place.variable is not None]
    found: dict[Cell, str] = {}
    for part in [*alone, together] if together else alone:
        told = await asker(*document(part, variables), as_=as_)
        found |= {cell: _told(told, cell) for cell in part}
    return found


def _told(told: Mapping[str, Any], cell: Cell) -> str:
    """OK, null, none (of a list), or the code of what went wrong in a cell, with the role that is asked for."""
    errors = [error for error in told.get("errors", ()) if error.get("path", [None])[0] in (cell.alias, None)]
    if errors:
        extensions = errors[0]["extensions"]
        return " ".join(filter(None, (extensions["code"], extensions.get("requiredRole"))))
    value = told["data"][cell.alias]
    for name in cell.place.way:
        value = value[name] if value is not None else None
        if isinstance(value, list):
            if not value:
                return "none"
            value = value[0]
    return "null" if value is None else "OK"


@pytest.mark.parametrize("relation", [Relation.OWN, Relation.ELSEWHERE, Relation.MISSING])
async def test_a_workspace_is_watched_by_its_members_alone(relation: Relation, stage: Stage) -> None:
    found: dict[str, str] = {}
    for actor in ACTORS:
        made = context(stage.services, stage.world.people[actor], CLIENT)
        asked = Asked(digest(WATCH), WATCH, {"w": stage.variables[actor, relation]["workspace"]})
        begun = await subscribe(SERVED, DOCUMENTS.prepare(asked), asked, made)
        refused = isinstance(begun, ExecutionResult)
        source = once(encode_json(tell(begun))) if refused else events(begun, lambda: None)
        async with aclosing(source):
            first = json.loads((await anext(source)).body)
        found[actor] = first["errors"][0]["extensions"]["code"] if "errors" in first else "OK"
    assert found == {actor: watched(actor, relation) for actor in ACTORS}


async def test_the_matrix_is_as_large_as_it_says() -> None:
    cells = sum(cell.when(relation) for cell in CELLS for relation in Relation) * len(ACTORS)
    print(f"{cells} cells")  # pytest -rP tells it
    assert cells > 10_000
