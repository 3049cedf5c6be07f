"""What changed since a revision: nothing is missed, in whichever order writers commit."""

import asyncio
import random
from dataclasses import dataclass, field
from uuid import UUID

import pytest
from fixtures import seed
from fixtures.room import Room
from sqlalchemy import text

from engine import feed
from engine.drafts import NewTask
from engine.errors import InvalidInput
from engine.revision import Progress, Revision, parse
from models.base import new_id
from models.lifecycle import Action
from models.role import Role

_TITLE = text("update tasks set title = :title, version = version + 1 where id = :id")
_DELETE = text("update tasks set deleted_at = clock_timestamp() where id = :id and deleted_at is null")
_INSERT = text("insert into tasks (id, workspace_id, title, duration_ms) values (:id, :workspace_id, :title, 1000)")


async def now(room: Room) -> str:
    async with room.db.one() as connection:
        return await feed.snapshot(connection)


async def changes(room: Room, since: str, first: int = 100) -> feed.Changes:
    found = await feed.changes(room.db, room.admin, room.workspace_id, since, first)
    assert found is not None
    return found


@dataclass
class Replica:
    """A client that polls; `probes` says whether it asks first if there is anything at all."""

    room: Room
    revision: str
    probes: bool
    size: int
    tasks: dict[UUID, str] = field(default_factory=dict[UUID, str])

    async def poll(self) -> None:
        pair = (self.room.workspace_id, self.revision)
        if self.probes and not await feed.changed(self.room.db, [pair]):
            return
        got = await changes(self.room, self.revision, self.size)
        assert not got.reset
        self.tasks |= {task.id: task.title for task in got.tasks}
        for id in got.deleted_ids:
            self.tasks.pop(id, None)
        self.revision = got.revision

    async def catch_up(self) -> None:
        """Polls until nothing is new."""
        while await feed.changed(self.room.db, [(self.room.workspace_id, self.revision)]):
            await self.poll()


async def write(room: Room, luck: random.Random, ids: list[UUID], meet: asyncio.Semaphore) -> None:
    """Transactions that stay open for a while, so that they commit in another order than they began."""
    for turn in range(12):
        async with meet, room.db.transaction() as connection:
            for id in sorted(luck.sample(ids, 2)):
                await connection.execute(_TITLE, {"id": id, "title": f"{id.hex}-{turn}"})
                for _ in range(luck.randrange(4)):
                    await asyncio.sleep(0)  # let others come in between
            if luck.random() < 0.3:
                made = new_id()
                await connection.execute(_INSERT, {"id": made, "workspace_id": room.workspace_id, "title": made.hex})
            if luck.random() < 0.2:
                await connection.execute(_DELETE, {"id": luck.choice(ids)})


@pytest.mark.parametrize("seeded", range(3))
async def test_every_replica_equals_the_truth_at_rest(room: Room, seeded: int) -> None:
    luck = random.Random(seeded)
    ids = [task.id for task in await room.make(*(NewTask("t", duration_ms=1000) for _ in range(30)))]
    start = await now(room)
    replicas = [
        Replica(room, start, probes, size, dict.fromkeys(ids, "t")) for probes in (True, False) for size in (3, 100)
    ]
    meet = asyncio.Semaphore(5)
    # Writers take their rows apart from each other, so that they never wait for one another.
    parts = [ids[place::5] for place in range(5)]
    writers = [asyncio.create_task(write(room, random.Random(luck.random()), part, meet)) for part in parts]
    while not all(writer.done() for writer in writers):
        await asyncio.gather(*(replica.poll() for replica in replicas))
    await asyncio.gather(*writers)
    async with room.db.one() as connection:
        rows = await connection.execute(text("select id, title from tasks where deleted_at is null"))
        truth = {row.id: row.title for row in rows}
    for replica in replicas:
        await replica.catch_up()
        assert replica.tasks == truth


@pytest.mark.every_postgres
async def test_a_change_that_commits_late_is_not_missed(room: Room) -> None:
    early, late = [task.id for task in await room.make(*(NewTask("t", duration_ms=1000) for _ in range(2)))]
    async with room.db.transaction() as slow:
        await slow.execute(_TITLE, {"id": late, "title": "late"})
        async with room.db.one() as quick:
            await quick.execute(_TITLE, {"id": early, "title": "early"})
        between = await now(room)  # it has seen the change that began later
        assert not await feed.changed(room.db, [(room.workspace_id, between)])
    assert await feed.changed(room.db, [(room.workspace_id, between)])
    got = await changes(room, between)
    assert [task.title for task in got.tasks] == ["late"]
    assert not await feed.changed(room.db, [(room.workspace_id, got.revision)])


@pytest.mark.every_postgres
async def test_nothing_new_is_nothing_and_the_revision_goes_on(room: Room) -> None:
    await room.timer()
    since = await now(room)
    got = await changes(room, since)
    assert (got.tasks, got.deleted_ids, got.has_more, got.reset) == ([], [], False, False)
    await room.timer("new")
    assert [task.title for task in (await changes(room, got.revision)).tasks] == ["new"]


@pytest.mark.every_postgres
async def test_a_large_set_is_handed_out_in_pieces_each_task_once(room: Room) -> None:
    since = await now(room)
    made = await room.make(*(NewTask(f"t {n}", duration_ms=600_000) for n in range(25)))
    await room.tasks.delete(room.admin, None, made[3].id, seed.EDIT)
    titles: list[str] = []
    deleted: list[UUID] = []
    revision, more = since, True
    while more:
        got = await changes(room, revision, 10)
        assert not got.reset
        titles += [task.title for task in got.tasks]
        deleted += got.deleted_ids
        revision, more = got.revision, got.has_more
        assert await feed.changed(room.db, [(room.workspace_id, revision)]) == more
    assert sorted(titles) == sorted(task.title for task in made if task.id != made[3].id)
    assert deleted == [made[3].id]
    assert await changes(room, revision) == feed.Changes(await now(room))


async def test_a_task_that_changes_between_the_pieces_is_sent_by_the_next_poll(room: Room) -> None:
    since = await now(room)
    made = await room.make(*(NewTask(f"t {n}", duration_ms=600_000) for n in range(5)))
    first = await changes(room, since, 3)
    run = await room.do(made[0], Action.RUN)
    rest = await changes(room, first.revision, 3)
    assert not rest.has_more
    assert (await changes(room, rest.revision)).tasks == [run]


async def test_members_roles_and_names_count_as_changes_of_the_workspace(room: Room) -> None:
    person = await seed.person(room.db)
    since = await now(room)
    await seed.set_role(room.db, room.workspace_id, person, Role.VIEWER)
    assert await feed.changed(room.db, [(room.workspace_id, since)])
    since = await now(room)
    async with room.db.one() as connection:
        await connection.execute(text("update users set display_name = 'new' where id = :id"), {"id": person.user_id})
    assert await feed.changed(room.db, [(room.workspace_id, since)])


async def test_a_lease_that_is_prolonged_is_no_change(room: Room) -> None:
    task = await room.do(await room.work(), Action.RUN)
    since = await now(room)
    async with room.db.one() as connection:
        await connection.execute(
            text("update tasks set deadline_at = clock_timestamp(), checkpoint = '1' where id = :id"), {"id": task.id}
        )
    assert not await feed.changed(room.db, [(room.workspace_id, since)])


async def test_another_workspace_is_none_of_ones_changes(room: Room) -> None:
    other = await seed.workspace(room.db)
    since = await now(room)
    await room.timer()
    assert not await feed.changed(room.db, [(other, since)])
    assert await feed.changed(room.db, [(other, since), (room.workspace_id, since)])
    assert not await feed.changed(room.db, [])
    stranger = await seed.person(room.db)
    assert await feed.changes(room.db, stranger, room.workspace_id, since) is None


GARBAGE = [
    "",
    "x",
    "-",
    "1-2",
    "\x00",
    "0" * 32 + "-1:1:",
    "0" * 32 + "-5:4:",
    "0" * 32 + "-1:9:4,4",
    "0" * 32 + "-1:9:99",
]


@pytest.mark.parametrize(
    "garbage", [*GARBAGE, "0" * 32 + "-" + "9" * 19 + ":" + "9" * 19 + ":", "é-1:2:", "a" * 200_000]
)
async def test_what_is_no_revision_of_ours_starts_afresh(room: Room, garbage: str) -> None:
    task = await room.timer()
    assert await feed.changed(room.db, [(room.workspace_id, garbage)])
    got = await changes(room, garbage)
    assert (got.reset, got.tasks) == (True, [])
    assert (await changes(room, got.revision)) == feed.Changes(await now(room))
    assert await room.tasks.get(room.admin, task.id) == task


async def test_another_epoch_and_a_time_that_was_not_reached_start_afresh(room: Room) -> None:
    revision = parse(await now(room))
    assert revision is not None
    foreign = [
        Revision(new_id(), revision.snapshot),
        Revision(revision.epoch, "9000000000:9000000000:"),
        Revision(new_id(), revision.snapshot, Progress(revision.snapshot, 5, new_id())),
    ]
    for text_of in map(str, foreign):
        assert await feed.changed(room.db, [(room.workspace_id, text_of)])
        assert (await changes(room, text_of)).reset


async def test_a_workspace_that_is_gone_has_changed(room: Room) -> None:
    since = await now(room)
    async with room.db.one() as connection:
        await connection.execute(text("delete from workspaces where id = :id"), {"id": room.workspace_id})
    assert await feed.changed(room.db, [(room.workspace_id, since)])


@pytest.mark.parametrize("first", [0, 101, -1])
async def test_the_number_of_changes_at_a_time_is_limited(room: Room, first: int) -> None:
    with pytest.raises(InvalidInput):
        await changes(room, await now(room), first)


def test_a_revision_is_read_as_it_was_written() -> None:
    for snapshot in ("10:20:", "10:20:10,15,19", "1:1:"):
        for progress in (None, Progress("30:30:", 12, new_id())):
            revision = Revision(new_id(), snapshot, progress)
            assert parse(str(revision)) == revision
