"""However long the page: a few statements, and never one a row."""

from fixtures.sent import sent
from fixtures.surface import Asker
from fixtures.world import World
from graphql import GraphQLObjectType, GraphQLOutputType, get_named_type, is_leaf_type, is_required_argument
from sqlalchemy import text

from auth.policy import Right, reach
from engine.drafts import NewTask
from gql.context import Services
from gql.execution import core
from gql.schema import schema
from models.lifecycle import Action

ONES_OWN = ("User.workspaces", "User.sessions")


def everything(kind: GraphQLOutputType, depth: int) -> str:
    """A selection of all fields of a type that need no argument, and of theirs, `depth` types down."""
    named = get_named_type(kind)
    if not isinstance(named, GraphQLObjectType):
        return "{ id }"
    parts = ["__typename"]
    for name, field in named.fields.items():
        if f"{named.name}.{name}" in ONES_OWN or any(
            is_required_argument(argument) for argument in field.args.values()
        ):
            continue
        if is_leaf_type(get_named_type(field.type)):
            parts.append(name)
        elif depth > 1:
            parts.append(f"{name} {everything(field.type, depth - 1)}")
    return "{ " + " ".join(parts) + " }"


async def fill(services: Services, world: World, number: int) -> None:
    """Tasks by several people, each with a history and a log."""
    for name in ("EDITOR", "ADMIN"):
        made = await services.tasks.create(
            world[name].authority,
            world.workspace,
            [NewTask(title=f"{name} {place}", duration_ms=60_000) for place in range(number // 2)],
            reach(Right.CREATE),
        )
        assert isinstance(made, list)
    bulk = await services.tasks.transition_many(
        world["ADMIN"].authority, world.workspace, Action.RUN, reach(Right.OPERATE), ids=[one.task.id for one in made]
    )
    assert bulk.changed == number // 2
    async with services.db.one() as connection:
        await connection.execute(
            text("insert into logs (task_id, attempt, stream, text) select id, 1, 'out', 'a line' from tasks")
        )


TASK = everything(core(schema).type_map["Task"], 3)  # pyright: ignore[reportArgumentType]
PAGE = f"query ($slug: String!, $first: Int) {{ workspace(slug: $slug) {{ tasks(first: $first) {{ totalCount nodes {TASK} }} }} }}"


async def test_a_page_of_100_tasks_with_everything_selected_costs_a_few_statements(
    execute: Asker, surface: Services, world: World
) -> None:
    await fill(surface, world, 100)
    with sent(surface.db) as spent:
        answer = await execute(PAGE, {"slug": world.slug, "first": 100}, as_=world["ADMIN"])
    assert "errors" not in answer
    tasks = answer["data"]["workspace"]["tasks"]["nodes"]
    assert (len(tasks), len(tasks[0]["events"]["nodes"]), len(tasks[0]["logs"]["nodes"])) == (100, 2, 1)
    assert len(spent) <= 15  # 13 as a rule: one for each kind of thing that is named, and not one for each row


async def test_fields_that_are_given_up_as_one_beside_them_failed_take_nothing_from_the_others(
    execute: Asker, world: World
) -> None:
    document = """query ($slug: String!) {
      workspace(slug: $slug) { members { user { sessions { id } email } workspace { members { user { email } } } } }
      again: workspace(slug: $slug) { name members { user { displayName } } } }"""
    answer = await execute(document, {"slug": world.slug}, as_=world["VIEWER"])
    assert {error["extensions"]["code"] for error in answer["errors"]} == {"FORBIDDEN"}
    assert answer["data"]["workspace"] is None
    assert {row["user"]["displayName"] for row in answer["data"]["again"]["members"]} == {"Someone"}
