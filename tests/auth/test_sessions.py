"""Refresh tokens: rotation, reuse, the answer that was lost, two tabs."""

import asyncio

import pytest
from fixtures.people import CLIENT, PASSWORD, SignUp, Team, authenticate, everything, last_event, later, who
from sqlalchemy import text

from auth.accounts import Accounts
from auth.errors import NotFound, Unauthenticated
from auth.keys import Keys, fingerprint
from auth.principal import Principal
from auth.sessions import successor
from models.database import Database


async def test_a_refresh_token_is_exchanged_for_the_next_and_the_session_goes_on(
    sign_up: SignUp, accounts: Accounts, db: Database, keys: Keys
) -> None:
    made = await sign_up("ann")
    token, seen = made.refresh_token, {made.refresh_token}
    for _ in range(5):
        await later(db, 600)
        refreshed = await accounts.refresh(CLIENT, token)
        token = refreshed.refresh_token
        assert refreshed.session_id == made.session_id
        assert refreshed.user == made.user
        assert token not in seen
        assert await authenticate(db, keys, f"Bearer {refreshed.access.text}")
        seen.add(token)


async def test_what_is_stored_opens_nothing(sign_up: SignUp, accounts: Accounts, db: Database, keys: Keys) -> None:
    made = await sign_up("ann")
    refreshed = await accounts.refresh(CLIENT, made.refresh_token)
    async with db.one() as connection:
        rows = (await connection.execute(text("select token_hash, successor from refresh_tokens"))).all()
    stored = {bytes(cell) for row in rows for cell in row if cell is not None}
    assert stored == {fingerprint(made.refresh_token), fingerprint(refreshed.refresh_token)}
    assert (
        successor(Keys(b"x" * 32), made.refresh_token) != refreshed.refresh_token == successor(keys, made.refresh_token)
    )


async def test_an_answer_that_was_lost_may_be_asked_for_again_within_ten_seconds(
    sign_up: SignUp, accounts: Accounts, db: Database
) -> None:
    made = await sign_up("ann")
    first = await accounts.refresh(CLIENT, made.refresh_token)
    await later(db, 4)
    again = await accounts.refresh(CLIENT, made.refresh_token)
    assert again.refresh_token == first.refresh_token
    assert again.session_id == first.session_id


async def test_a_token_that_is_used_again_later_ends_the_whole_family(
    sign_up: SignUp, accounts: Accounts, db: Database, keys: Keys
) -> None:
    made = await sign_up("ann")
    other = await accounts.sign_in(CLIENT, email="ann@example.com", password=PASSWORD)
    thief = await accounts.refresh(CLIENT, made.refresh_token)
    await later(db, 11)
    with pytest.raises(Unauthenticated):
        await accounts.refresh(CLIENT, made.refresh_token)
    event = await last_event(db)
    assert (event["action"], event["subject_id"], event["actor_id"]) == ("SESSION_REVOKED", made.user.id, None)
    assert event["detail"]["session"] == str(made.session_id)
    for access in (made.access.text, thief.access.text):
        with pytest.raises(Unauthenticated):
            await authenticate(db, keys, f"Bearer {access}")
    with pytest.raises(Unauthenticated):
        await accounts.refresh(CLIENT, thief.refresh_token)
    assert await authenticate(db, keys, f"Bearer {other.access.text}")


async def test_two_tabs_that_refresh_at_once_stay_signed_in(
    sign_up: SignUp, accounts: Accounts, db: Database, keys: Keys
) -> None:
    made = await sign_up("ann")
    token = made.refresh_token
    for _ in range(5):
        answers = await asyncio.gather(*(accounts.refresh(CLIENT, token) for _ in range(8)))
        (token,) = {answer.refresh_token for answer in answers}
        for answer in answers:
            assert await authenticate(db, keys, f"Bearer {answer.access.text}")
        await later(db, 600)


async def test_a_tab_that_comes_late_gets_the_end_of_the_chain(
    sign_up: SignUp, accounts: Accounts, db: Database
) -> None:
    made = await sign_up("ann")
    first = await accounts.refresh(CLIENT, made.refresh_token)
    second = await accounts.refresh(CLIENT, first.refresh_token)
    late = await accounts.refresh(CLIENT, made.refresh_token)
    assert late.refresh_token == second.refresh_token
    await later(db, 600)
    assert await accounts.refresh(CLIENT, late.refresh_token)


async def test_a_session_ends_thirty_days_after_its_last_use(
    sign_up: SignUp, accounts: Accounts, db: Database, keys: Keys
) -> None:
    made = await sign_up("ann")
    await later(db, 29 * 86_400)
    refreshed = await accounts.refresh(CLIENT, made.refresh_token)
    await later(db, 29 * 86_400)
    refreshed = await accounts.refresh(CLIENT, refreshed.refresh_token)
    await later(db, 31 * 86_400)
    with pytest.raises(Unauthenticated):
        await accounts.refresh(CLIENT, refreshed.refresh_token)
    with pytest.raises(Unauthenticated):
        await authenticate(db, keys, f"Bearer {refreshed.access.text}")


async def test_a_refresh_token_that_never_was_is_refused_and_changes_nothing(
    sign_up: SignUp, accounts: Accounts, db: Database
) -> None:
    await sign_up("ann")
    before = await everything(db)
    for token in ("", "x", "\0", "\ud800", "x" * 100_000):
        with pytest.raises(Unauthenticated):
            await accounts.refresh(CLIENT, token)
    assert await everything(db) == before


async def test_ones_sessions_are_listed_and_ended_one_by_one_and_nobody_elses(
    team: Team, accounts: Accounts, db: Database, keys: Keys
) -> None:
    by = team.authority("viewer")
    second = await accounts.sign_in(CLIENT, email="viewer@example.com", password=PASSWORD)
    assert [session.id for session in await accounts.sessions_of(by)] == [second.session_id, by.session_id]
    theirs = team.people["admin"].session_id
    before = await everything(db)
    with pytest.raises(NotFound):
        await accounts.revoke_session(by, theirs)
    assert await everything(db) == before
    assert await accounts.revoke_session(by, second.session_id)
    with pytest.raises(Unauthenticated):
        await authenticate(db, keys, f"Bearer {second.access.text}")
    with pytest.raises(NotFound):
        await accounts.revoke_session(by, second.session_id)
    assert [session.id for session in await accounts.sessions_of(by)] == [by.session_id]
    assert (await last_event(db))["detail"] == {"session": str(second.session_id)}


async def test_a_disabled_account_holds_nothing_on_the_very_next_request(
    team: Team, accounts: Accounts, db: Database, keys: Keys
) -> None:
    admin, viewer = team.people["admin"], team.people["viewer"]
    by = Principal(who(admin), admin.user, "session")
    shut = await accounts.set_user_disabled(by, viewer.user.id, disabled=True)
    assert shut.disabled
    for _ in range(2):
        with pytest.raises(Unauthenticated):
            await authenticate(db, keys, f"Bearer {viewer.access.text}")
        with pytest.raises(Unauthenticated):
            await accounts.refresh(CLIENT, viewer.refresh_token)
        with pytest.raises(Unauthenticated):
            await accounts.sign_in(CLIENT, email="viewer@example.com", password=PASSWORD)
    await accounts.set_user_disabled(by, viewer.user.id, disabled=False)
    with pytest.raises(Unauthenticated):
        await authenticate(db, keys, f"Bearer {viewer.access.text}")
    assert await accounts.sign_in(CLIENT, email="viewer@example.com", password=PASSWORD)
