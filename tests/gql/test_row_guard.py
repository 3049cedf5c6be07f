"""With the second line on (FERMATA_ROW_GUARD) everyone is answered as without it."""

from collections.abc import AsyncGenerator
from dataclasses import replace

import pytest_asyncio
from fixtures.operations import Scene
from fixtures.surface import Asker
from fixtures.world import ACTORS, World, task

from engine.hints import Hints
from engine.tasks import Tasks
from gql.context import Services
from models.guard import Guarded, ask_for

EVERYTHING = """query ($slug: String!, $task: ID!, $user: ID!, $token: ID!) {
  viewer { id workspaces { role workspace { name counts { count } } } }
  task(id: $task) { title events { nodes { action actor { id } } } logs { nodes { text } } }
  nodes(ids: [$user, $token]) { id ... on User { displayName } }
  workspace(slug: $slug) { viewerRole counts { status count } members { user { displayName } role }
    events(first: 5) { nodes { action task { id } } }
    tasks(first: 5) { totalCount nodes { id createdBy { id } can { reason } } } } }"""


@pytest_asyncio.fixture
async def guarded(database_url: str, surface: Services) -> AsyncGenerator[Services]:
    """The same services, whose requests are told to PostgreSQL by whom they are."""
    pool = Guarded(database_url, size=5, timeout=30)
    yield replace(surface, db=pool, tasks=Tasks(pool, surface.catalogue, Hints()))
    await pool.close()


async def test_the_row_guard_changes_no_answer(surface: Services, guarded: Services, world: World) -> None:
    await task(surface, world, "RUN")
    for actor in ACTORS:
        scene = Scene(surface, world, world["ADMIN"], own=True)
        variables = {
            "slug": world.slug,
            "task": await scene.task("RUN PAUSE"),
            "user": scene.user("bystander"),
            "token": await scene.api_token(),
        }
        who = world.people[actor]
        without = await Asker(surface)(EVERYTHING, variables, as_=who)
        ask_for(who.user.id if who else None)
        assert await Asker(guarded)(EVERYTHING, variables, as_=who) == without, actor
