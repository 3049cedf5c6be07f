"""What retention takes, what it leaves, and how those who watch learn that they have to start afresh."""

from fixtures import seed
from fixtures.room import Room
from sqlalchemy import text

from engine import events, feed
from engine.drafts import NewTask
from engine.retention import Keep, Retention
from models.lifecycle import Action, Status


async def execute(room: Room, statement: str, **values: object) -> None:
    async with room.db.one() as connection:
        await connection.execute(text(statement), values)


async def scalar(room: Room, statement: str) -> int:
    async with room.db.one() as connection:
        return (await connection.execute(text(statement))).scalar_one()


async def revision(room: Room) -> str:
    async with room.db.one() as connection:
        return await feed.snapshot(connection)


async def test_finished_tasks_are_deleted_after_their_days_and_the_history_says_so(room: Room) -> None:
    old, new, running = [await room.timer(title) for title in ("old", "new", "running")]
    await seed.place(room.db, old.id, Status.COMPLETED)
    await seed.place(room.db, new.id, Status.COMPLETED)
    await seed.place(room.db, running.id, Status.IN_PROGRESS)
    await execute(room, "update tasks set completed_at = completed_at - interval '8 days' where id = :id", id=old.id)
    since = await revision(room)
    taken = await Retention(room.db, Keep(finished_days=7)).once()
    assert taken["retain_finished"] == 1
    assert set(await room.tasks.get_many(room.admin, [old.id, new.id, running.id])) == {new.id, running.id}
    got = await feed.changes(room.db, room.admin, room.workspace_id, since)
    assert got is not None
    assert got.deleted_ids == [old.id]
    page = await events.page(room.db, room.admin, task_id=old.id, first=1)
    assert (page.rows[0].action, page.rows[0].actor_id, page.rows[0].version) == ("DELETED", None, 2)


async def test_without_a_number_of_days_nothing_finished_is_taken(room: Room) -> None:
    old = await room.timer()
    await seed.place(room.db, old.id, Status.CANCELLED)
    await execute(room, "update tasks set completed_at = completed_at - interval '10 years'")
    assert "retain_finished" not in await Retention(room.db, Keep()).once()
    assert await room.tasks.get(room.admin, old.id) is not None


async def test_a_revision_from_before_tombstones_that_were_taken_starts_afresh(room: Room) -> None:
    made = await room.make(*(NewTask(f"t {n}", duration_ms=1000) for n in range(7)))
    before = await revision(room)
    for task in made[:5]:
        await room.tasks.delete(room.admin, None, task.id, seed.EDIT)
    after = await revision(room)
    await execute(room, "update tasks set deleted_at = deleted_at - interval '31 days' where deleted_at is not null")
    latest = await revision(room)
    taken = await Retention(room.db, Keep(), batch=2).once()
    assert taken["retain_tombstones"] == 5
    assert await scalar(room, "select count(*) from tasks") == 2
    for old in (before, after):
        assert await feed.changed(room.db, [(room.workspace_id, old)])
        got = await feed.changes(room.db, room.admin, room.workspace_id, old)
        assert got is not None
        assert got.reset
    assert not await feed.changed(room.db, [(room.workspace_id, latest)])
    assert await feed.changes(room.db, room.admin, room.workspace_id, latest) == feed.Changes(await revision(room))


async def test_young_tombstones_and_the_history_stay(room: Room) -> None:
    task = await room.timer()
    await room.tasks.delete(room.admin, None, task.id, seed.EDIT)
    assert sum((await Retention(room.db, Keep()).once()).values()) == 0
    await execute(room, "update tasks set deleted_at = deleted_at - interval '31 days'")
    await Retention(room.db, Keep()).once()
    assert await scalar(room, "select count(*) from tasks") == 0
    page = await events.page(room.db, room.admin, task_id=task.id, first=10)
    assert [event.action for event in page.rows] == ["DELETED", "CREATED"]


async def test_what_credentials_and_requests_leave_behind_is_taken(room: Room) -> None:
    await execute(
        room,
        "insert into idempotency_keys (principal, key, body_hash, created_at) values"
        " ('p', 'old', '', clock_timestamp() - interval '25 hours'), ('p', 'new', '', clock_timestamp())",
    )
    await execute(
        room,
        "insert into lockouts (key, failures, last_at, blocked_until) values"
        " ('old', 3, clock_timestamp() - interval '25 hours', null), ('new', 1, clock_timestamp(), null),"
        " ('blocked', 10, clock_timestamp() - interval '25 hours', clock_timestamp())",
    )
    person = await seed.person(room.db)
    await execute(
        room,
        "insert into refresh_tokens (token_hash, session_id, used_at) values"
        " ('used', :id, clock_timestamp() - interval '31 days'), ('fresh', :id, null)",
        id=person.session_id,
    )
    await execute(
        room,
        "insert into password_resets (token_hash, user_id, expires_at) values"
        " ('x', :id, clock_timestamp() - interval '31 days'), ('y', :id, clock_timestamp())",
        id=person.user_id,
    )
    over = await seed.person(room.db)
    await execute(
        room,
        "update sessions set revoked_at = clock_timestamp() - interval '31 days' where id = :id",
        id=over.session_id,
    )
    taken = await Retention(room.db, Keep()).once()
    assert taken == {
        "retain_tombstones": 0,
        "retain_keys": 1,
        "retain_attempts": 1,
        "retain_sessions": 1,
        "retain_refresh_tokens": 1,
        "retain_password_resets": 1,
    }


async def test_a_task_that_is_started_again_is_not_taken(room: Room) -> None:
    task = await room.timer()
    await seed.place(room.db, task.id, Status.CANCELLED)
    await execute(room, "update tasks set completed_at = completed_at - interval '8 days'")
    await room.do(task, Action.RUN)
    assert (await Retention(room.db, Keep(finished_days=7)).once())["retain_finished"] == 0
