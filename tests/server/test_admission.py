"""Requests are let in together: each by its own credential, by what holds after it has come, in one statement for all."""

import asyncio
from collections.abc import AsyncGenerator, Sequence
from typing import Any

import pytest
import pytest_asyncio
from fixtures import seed
from fixtures.rounds import ENDS, TOKEN_ENDS, Gate, cut, now, say, session, token_of
from sqlalchemy import text

from auth.backend import Credential
from models.base import new_id
from models.database import Database, Unavailable
from models.role import Role
from server.admission import ROUNDS, Admission, Asked

NOBODY = Credential(new_id(), new_id())


@pytest_asyncio.fixture
async def line(database_url: str) -> AsyncGenerator[Gate]:
    line = Gate(database_url, ROUNDS)
    yield line
    await line.close()


async def test_each_of_many_gets_an_answer_of_their_own_from_one_statement(db: Database, line: Gate) -> None:
    here, there = await seed.workspace(db), await seed.workspace(db)
    editor, viewer = await seed.member(db, here, Role.EDITOR), await seed.member(db, there, Role.VIEWER)
    token = await token_of(db, here, editor, Role.OPERATOR)
    old = [(here, await now(db)), (there, await now(db))]
    await say(db, "update workspaces set name = 'Changed' where id = :id", id=there)
    questions = [
        Asked(session(editor), (old[0],), here),
        Asked(session(viewer), (old[1],), there),
        Asked(session(viewer), (old[0],), here),
        Asked(token, (), here),
        Asked(NOBODY, (old[1],)),
        Asked(None, (old[0],)),
    ]
    await (admission := Admission(line))(questions[3])  # writes that the token is used
    line.sent = 0
    found = await asyncio.gather(*(admission(question) for question in questions))
    assert line.sent == 1
    identities = [one.identity for one in found]
    assert [one and (one.user.id, one.role) for one in identities] == [
        (editor.user_id, Role.EDITOR),
        (viewer.user_id, Role.VIEWER),
        (viewer.user_id, None),
        (editor.user_id, Role.OPERATOR),
        None,
        None,
    ]
    assert [one and one.key.partition(":")[0] for one in identities] == ["session"] * 3 + ["token", None, None]
    assert {one.news for one in found} == {frozenset([old[1]])}


@pytest.mark.parametrize("end", ENDS)
async def test_what_ends_a_session_holds_for_who_comes_while_an_earlier_round_is_under_way(
    end: str, db: Database, line: Gate
) -> None:
    workspace = await seed.workspace(db)
    member, other = await seed.member(db, workspace, Role.EDITOR), await seed.member(db, workspace, Role.EDITOR)
    admission = Admission(line)
    assert (await admission(Asked(session(member)))).identity
    line.open.clear()
    early = [asyncio.create_task(admission(Asked(session(one)))) for one in (member, other)]
    await line.arrived.wait()
    await say(db, ENDS[end], user=member.user_id)
    late = [asyncio.create_task(admission(Asked(session(one)))) for one in (member, other)]
    line.open.set()
    assert [(await one).identity is None for one in early] == [True, False]  # the statement ran after the end
    assert [(await one).identity is None for one in late] == [True, False]


@pytest.mark.parametrize("end", TOKEN_ENDS)
async def test_what_ends_a_token_holds_on_the_next_request(end: str, db: Database, line: Gate) -> None:
    workspace = await seed.workspace(db)
    token = await token_of(db, workspace, maker := await seed.member(db, workspace, Role.EDITOR), Role.ADMIN)
    admission = Admission(line)
    assert (await admission(Asked(token))).identity
    await say(db, TOKEN_ENDS[end], user=maker.user_id)
    assert (await admission(Asked(token))).identity is None


async def test_a_request_that_comes_after_a_round_began_is_answered_by_a_later_one(db: Database, line: Gate) -> None:
    workspace = await seed.workspace(db)
    member = session(await seed.member(db, workspace, Role.EDITOR))
    pair = (workspace, await now(db))
    admission = Admission(line)
    line.open.clear()
    early: list[asyncio.Task[Any]] = []
    for number in range(ROUNDS):  # as many rounds as may run at a time, each with one request
        line.arrived.clear()
        early.append(asyncio.create_task(admission(Asked(member, (pair,), None if number else workspace))))
        await line.arrived.wait()
    late = asyncio.create_task(admission(Asked(member, (pair,))))
    await asyncio.sleep(0)
    assert line.sent == ROUNDS
    await say(db, "update workspaces set name = 'Changed' where id = :id", id=workspace)
    line.open.set()
    assert (await late).news == {pair}
    await asyncio.gather(*early)
    assert line.sent == ROUNDS + 1


async def test_a_round_that_fails_fails_for_its_own_requests_alone(db: Database, line: Gate) -> None:
    member = session(await seed.member(db, await seed.workspace(db), Role.EDITOR))
    admission = Admission(line)
    line.failures = 1
    found = await asyncio.gather(admission(Asked(member)), admission(Asked(None)), return_exceptions=True)
    assert [type(one) for one in found] == [Unavailable, Unavailable]
    assert (await admission(Asked(member))).identity


async def test_a_connection_that_was_lost_is_made_again(db: Database, line: Gate) -> None:
    member = session(await seed.member(db, await seed.workspace(db), Role.EDITOR))
    admission = Admission(line)
    assert (await admission(Asked(member))).identity
    await cut(db)
    found: list[object] = []
    while not found or isinstance(found[-1], Unavailable):
        found += await asyncio.gather(admission(Asked(member)), return_exceptions=True)
        assert len(found) < 5, found
    assert isinstance(found[-1], tuple)


async def test_that_a_token_is_used_is_written_once_a_minute(db: Database, line: Gate) -> None:
    workspace = await seed.workspace(db)
    token = await token_of(db, workspace, await seed.member(db, workspace, Role.EDITOR), Role.ADMIN)
    admission = Admission(line)

    async def used() -> Sequence[Any]:
        async with db.one() as connection:
            return (await connection.execute(text("select last_used_at from api_tokens"))).scalars().all()

    assert await used() == [None]
    await admission(Asked(token))
    first = await used()
    await admission(Asked(token))
    assert await used() == first != [None]
    await say(db, "update api_tokens set last_used_at = last_used_at - interval '61 seconds'")
    await admission(Asked(token))
    assert (await used())[0] >= first[0]
