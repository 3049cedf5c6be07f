"""What was written of a task is written again as it is, and nothing else is: not what changed, not for another role."""

import gc
from collections.abc import Sequence
from random import Random
from typing import Any

import pytest
from fixtures.seed import EVERYTHING
from fixtures.surface import Asker
from fixtures.world import World, task
from sqlalchemy import text

import gql.items
from gql.context import Services
from gql.documents import Documents, digest, weight
from gql.execution import core
from gql.ids import decode
from gql.limits import Limits
from gql.request import Asked
from gql.schema import schema
from gql.ways import Ways
from gql.written import Written
from models.lifecycle import Action

TASK: Any = core(schema).type_map["Task"]
LEAVES = [*sorted({*TASK.fields} - {"can", "workspace", "createdBy", "events", "logs"}), "__typename"]
ORDERS = [{"field": field, "direction": way} for field in ("TITLE", "UPDATED_AT") for way in ("ASC", "DESC")]
PAGE = """query Written($slug: String!) {
  workspace(slug: $slug) { tasks { nodes { id title status version input allowedActions } } } }"""


class Many:
    """A memory that is asked for whole numbers, and how often one had to be written."""

    def __init__(self, capacity: int) -> None:
        self.written, self.times = Written(capacity), 0

    def ask(self, owner: str, view: str, *numbers: int) -> list[str]:
        keys = [b"%d" % number for number in numbers]

        def write(places: Sequence[int]) -> list[bytes]:
            self.times += len(places)
            return [view.encode() + keys[place] for place in places]

        return [read(each) for each in self.written.rows(owner, view, keys, write)]


def read(fragment: Any) -> str:
    return gql.items.encode(fragment).decode()


def test_each_is_written_once_for_each_owner_and_view() -> None:
    many = Many(100_000)
    assert many.ask("a", "x", 1, 2) == ["x1", "x2"] == many.ask("a", "x", 1, 2)
    assert many.times == 2
    assert many.ask("a", "x", 3, 2, 1, 4) == ["x3", "x2", "x1", "x4"]
    assert many.times == 4
    assert (many.ask("a", "y", 1), many.ask("b", "x", 1), many.times) == (["y1"], ["x1"], 6)
    many.written.forget("a")
    assert (many.ask("a", "x", 1), many.ask("b", "x", 1), many.times) == (["x1"], ["x1"], 7)


def test_what_is_asked_for_stays_and_what_is_not_is_forgotten() -> None:
    many = Many(20_000)
    for number in range(1, 1001):
        assert many.ask("a", "x", 0, number) == ["x0", f"x{number}"]
    assert many.times == 1001  # 0 moved over each time that the young half was full
    assert many.ask("a", "x", 1) == ["x1"]
    assert many.times == 1002


def test_a_memory_that_is_too_small_for_a_page_answers_nevertheless() -> None:
    many = Many(1)
    for _ in range(2):
        assert many.ask("a", "x", *range(50)) == [f"x{number}" for number in range(50)]
    assert many.times == 100


def test_what_it_says_that_it_takes_is_more_than_it_holds() -> None:
    """And the collector of garbage has nothing to look through in it."""
    many = Many(1_000_000)
    for number in range(20_000):
        many.ask("a", "x", number)
    kept = [shelf for half in vars(many.written).values() if type(half) is dict for shelf in half["a"].values()]
    assert 2000 < sum(map(len, kept)) < 1_000_000 // 200
    assert not any(map(gc.is_tracked, kept))


def document(chance: Random) -> str:
    """Tasks in one way or two, some of the fields under names of their own, some by a fragment."""

    def fields(least: int) -> str:
        chosen = chance.sample(LEAVES, chance.randint(least, 12))
        chosen = [f"a{name}: {name}" if chance.random() < 0.2 else name for name in chosen]
        return " ".join([*chosen, *chance.choice([[], ["can { action reason }"], ["c: can { allowed }", "...F"]])])

    nodes, edges = f"nodes {{ {fields(1)} }}", f"edges {{ c: cursor node {{ {fields(1)} }} }}"
    parts = chance.choice(
        [nodes, edges, f"{nodes} {edges} pageInfo {{ endCursor }}", f"{nodes} more: nodes {{ {fields(1)} }}"]
    )
    narrow = chance.choice(["", ", filter: {status: [PAUSED, IN_PROGRESS]}", ', filter: {search: "task"}'])
    last = chance.choice(["", f"last: tasks(last: 3, orderBy: $by) {{ edges {{ cursor node {{ {fields(1)} }} }} }}"])
    fragment = f"fragment F on Task {{ {fields(1).replace(' ...F', '')} }}"
    used = "F" if "...F" in parts + last else ""
    asked = f"workspace(slug: $slug) {{ tasks(first: 6, orderBy: $by{narrow}) {{ {parts} }} {last} }}"
    return f"query($slug: String!, $by: TaskOrder) {{ {asked} }} {fragment if used else ''}"


async def test_an_answer_from_memory_is_the_usual_one_whoever_asks_and_whatever_changed(
    surface: Services, world: World, execute: Asker, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = [
        await task(surface, world, steps, title=f"Task {n}") for n, steps in enumerate(["", "RUN", "RUN PAUSE", ""])
    ]
    chance = Random(4)
    asked: list[tuple[str, dict[str, Any], str]] = []
    for turn in range(14):
        await change(surface, world, chance, made)
        new = (document(chance), {"slug": world.slug, "by": chance.choice([None, *ORDERS])}, "ADMIN")
        asked += [
            new,
            (new[0], new[1], "VIEWER"),
            (new[0], {"slug": world.slug, "by": ORDERS[turn % 4]}, "ADMIN"),
        ]
        for text_, variables, who in asked[-12:]:
            found = await execute(text_, variables, as_=world[who])
            again = await execute(text_, variables, as_=world[who])
            with monkeypatch.context() as usually:
                usually.setattr(Ways, "of", lambda *_: None)
                expected = await execute(text_, variables, as_=world[who])
            assert "errors" not in expected, text_
            assert repr(found) == repr(again) == repr(expected), (text_, who)


async def change(surface: Services, world: World, chance: Random, made: list[Any]) -> None:
    """One task goes on or is written over, now and then there is another."""
    if chance.random() < 0.3:
        made.append(await task(surface, world, title=f'Task {len(made)} "ä" 😀'))
    words = {"labels": ["a", "", "ß"], "input": '{"n": 1180591620717411303424, "f": 1e+16}', "id": chance.choice(made)}
    over = "description = 'd' || version, labels = :labels, input = cast(:input as jsonb), progress_note = 'n', error = 'e'"
    async with surface.db.one() as connection:
        await connection.execute(text(f"update tasks set {over}, progress = 0.5, timeout_ms = 7 where id = :id"), words)
    for action in (Action.RESUME, Action.RUN, Action.PAUSE):
        await surface.tasks.transition(world["ADMIN"].authority, None, chance.choice(made), action, EVERYTHING)


async def test_only_what_changed_is_written(
    surface: Services, world: World, execute: Asker, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = [await task(surface, world, "RUN", title=f"Task {number}") for number in range(4)]
    written: list[object] = []
    encode = gql.items.encode
    monkeypatch.setattr(gql.items, "encode", lambda row: written.append(row) or encode(row))
    pages: list[Any] = []
    for who, changes, times in [
        ("ADMIN", [], 4),
        ("ADMIN", [], 0),
        ("ADMIN", [made[1]], 1),
        ("token EDITOR", [], 4),
        ("ADMIN", [made[0], made[3]], 2),
    ]:
        for key in changes:
            await surface.tasks.transition(world["ADMIN"].authority, None, key, Action.PAUSE, EVERYTHING)
        written.clear()
        answer = await execute(PAGE, {"slug": world.slug}, as_=world[who])
        assert len(written) == times
        pages.append(answer["data"]["workspace"]["tasks"]["nodes"])
    assert pages[0] == pages[1]
    paused = [[decode(each["id"])[1] for each in page if each["status"] == "PAUSED"] for page in pages]  # pyright: ignore[reportOptionalSubscript]
    assert paused == [[], [], [made[1]], [made[1]], [made[3], made[1], made[0]]]


async def test_what_was_written_before_goes_into_an_answer_that_python_has_to_write(
    surface: Services, world: World, execute: Asker
) -> None:
    """A number of more than 64 bits in a page that is read column by column, beside one that is not."""
    for number in range(2):
        await task(surface, world, title=f"Task {number}")
    async with surface.db.one() as connection:
        await connection.execute(text("update tasks set input = '{\"n\": 1180591620717411303424}'"))
    both = """query Both($slug: String!, $after: String) { workspace(slug: $slug) {
      tasks(first: 1) { edges { cursor node { input } } } next: tasks(first: 1, after: $after) { nodes { input } } } }"""
    first = await execute(both, {"slug": world.slug}, as_=world["ADMIN"])
    after = first["data"]["workspace"]["tasks"]["edges"][0]["cursor"]
    found = await execute(both, {"slug": world.slug, "after": after}, as_=world["ADMIN"])
    assert found["data"]["workspace"]["next"]["nodes"] == [{"input": {"n": 2**70}}]
    assert found["data"]["workspace"]["tasks"]["edges"][0]["node"] == {"input": {"n": 2**70}}


def test_what_a_document_wrote_goes_with_it() -> None:
    first, second, third = (f"{PAGE[:-1]} {' ' * number}}}" for number in range(3))
    size = weight(Documents(core(schema), Limits(), {}).prepare(Asked(digest(first), first, {})).node)
    documents = Documents(core(schema), Limits(), {}, capacity=2 * size)
    ways = documents.prepare(Asked(digest(first), first, {})).ways
    written: Written = vars(documents)["_written"]
    written.rows(ways, "view", [b"row"], lambda _: [b"{}"])
    documents.prepare(Asked(digest(second), second, {}))
    assert ways in vars(written)["_young"]
    documents.prepare(Asked(digest(third), third, {}))
    assert ways not in vars(written)["_young"]
