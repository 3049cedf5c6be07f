"""What polls ask, in rounds: the same is let in and the same has changed as the endpoint would find, by one small statement."""

import asyncio
from collections.abc import AsyncGenerator
from typing import Any

import pytest
import pytest_asyncio
from fixtures import seed
from fixtures.rounds import ENDS, TOKEN_ENDS, Gate, cut, now, say, session, token_of

from auth.backend import Credential
from models.base import new_id
from models.database import Database, Unavailable
from models.role import Role
from server.admission import Admission, Asked
from server.probes import ROUNDS, Probe, Probes, state_of


@pytest_asyncio.fixture
async def line(database_url: str) -> AsyncGenerator[Gate]:
    line = Gate(database_url, 2 * ROUNDS, plan_once=True)
    yield line
    await line.close()


async def test_what_holds_of_many_is_what_the_endpoint_would_find_by_one_statement(db: Database, line: Gate) -> None:
    here, there = await seed.workspace(db), await seed.workspace(db)
    editor, viewer = await seed.member(db, here, Role.EDITOR), await seed.member(db, there, Role.VIEWER)
    token = await token_of(db, here, editor, Role.OPERATOR, used=True)
    old = [(here, await now(db)), (there, await now(db)), (here, "garbage"), (new_id(), await now(db))]
    await say(db, "update workspaces set name = 'Changed' where id = :id", id=there)
    asked = [
        (session(editor), (old[0],), here),
        (session(viewer), (old[1],), there),
        (session(viewer), (old[0], old[2]), here),
        (token, (old[3],), here),
        (token, (), None),
        (Credential(new_id(), new_id()), (old[1],), None),
        (Credential(secret_hash=b'\0\\"{}, '), (old[0],), here),
    ]
    probes, admission = Probes(line), Admission(line)
    found = await asyncio.gather(*(probes.ask(Probe(*one)) for one in asked))
    assert line.sent == 1
    told = await asyncio.gather(*(admission(Asked(*one)) for one in asked))
    assert [one and one[:2] for one in found] == [
        one.identity and (one.identity.rights, one.identity.role) for one in told
    ]
    assert [one and one[:2] for one in found] == [
        ("own:member", Role.EDITOR),
        ("own:member", Role.VIEWER),
        ("own:member", None),
        ("OPERATOR:member", Role.OPERATOR),
        ("OPERATOR:member", None),
        None,
        None,
    ]
    assert found[0]
    assert found[0].news == {state_of(pair) for pair in told[0].news} == {state_of(pair) for pair in old[1:]}


@pytest.mark.parametrize("end", [*ENDS.items(), *TOKEN_ENDS.items()], ids=lambda end: end[0])
async def test_what_ends_a_credential_holds_for_who_comes_while_earlier_rounds_are_under_way(
    end: tuple[str, str], db: Database, line: Gate
) -> None:
    workspace = await seed.workspace(db)
    member = await seed.member(db, workspace, Role.EDITOR)
    credential = session(member) if end[0] in ENDS else await token_of(db, workspace, member, Role.ADMIN, used=True)
    probes, probe = Probes(line), Probe(credential, ())
    assert await probes.ask(probe)
    line.open.clear()
    early = [probes.ask(Probe(credential, ())) for _ in range(2)]
    line.arrived.clear()
    await line.arrived.wait()
    await say(db, end[1], user=member.user_id)
    late = probes.ask(probe)
    line.open.set()
    assert [await one for one in early] == [None, None]  # their statement ran after the end
    assert await late is None


async def test_who_comes_after_all_rounds_began_is_answered_by_a_later_one(db: Database, line: Gate) -> None:
    workspace = await seed.workspace(db)
    member = session(await seed.member(db, workspace, Role.EDITOR))
    pair = (workspace, await now(db))
    probes = Probes(line)
    line.open.clear()
    early: list[asyncio.Future[Any]] = []
    for _ in range(ROUNDS):
        line.arrived.clear()
        early.append(probes.ask(Probe(member, (pair,))))
        await line.arrived.wait()
    late = probes.ask(Probe(member, (pair,)))
    await say(db, "update workspaces set name = 'Changed' where id = :id", id=workspace)
    line.open.set()
    standing = await late
    assert standing
    assert standing.news == {state_of(pair)}
    await asyncio.gather(*early)
    assert line.sent == ROUNDS + 1


async def test_a_token_whose_use_is_to_be_written_is_left_to_the_endpoint_and_its_neighbours_are_not(
    db: Database, line: Gate
) -> None:
    workspace = await seed.workspace(db)
    member = await seed.member(db, workspace, Role.EDITOR)
    pair = (workspace, await now(db))
    probe = Probe(await token_of(db, workspace, member, Role.ADMIN, used=True), ())
    probes = Probes(line)
    assert await probes.ask(probe)
    await say(db, "update api_tokens set last_used_at = last_used_at - interval '61 seconds'")
    await say(db, "update workspaces set name = 'Changed'")
    found, other = await asyncio.gather(probes.ask(probe), probes.ask(Probe(session(member), (pair,))))
    assert found is None
    assert other
    assert other.news == {state_of(pair)}


async def test_after_the_connections_were_cut_the_next_ones_are_answered(db: Database, line: Gate) -> None:
    member = session(await seed.member(db, await seed.workspace(db), Role.EDITOR))
    probes, probe = Probes(line), Probe(member, ())
    assert await probes.ask(probe)
    await cut(db)
    found: list[object] = []
    while not found or isinstance(found[-1], Unavailable):
        found += await asyncio.gather(probes.ask(probe), return_exceptions=True)
        assert len(found) < 5, found
    assert isinstance(found[-1], tuple)
