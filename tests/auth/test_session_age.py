"""The absolute end of a session (ASVS 7.3.2): however much it is used, some day one signs in again."""

import pytest
from fixtures.people import CLIENT, PASSWORD, SignUp, authenticate, everything, later

from auth.accounts import Accounts
from auth.errors import SessionTooOld, Unauthenticated
from auth.keys import Keys
from auth.passwords import Passwords
from auth.sessions import SignedIn
from auth.settings import AuthSettings
from models.database import Database

DAY = 86_400


def limited(accounts: Accounts, days: int, passwords: Passwords) -> Accounts:
    """The same accounts where sessions live so many days."""
    return Accounts(accounts.db, accounts.keys, AuthSettings(session_days=days), passwords=passwords)


async def refused(db: Database, keys: Keys, accounts: Accounts, holds: SignedIn) -> None:
    """Neither of the tokens is worth anything, the answer says why, and nothing is written."""
    with pytest.raises(Unauthenticated):
        await authenticate(db, keys, f"Bearer {holds.access.text}")
    before = await everything(db)
    with pytest.raises(SessionTooOld, match="sign in again"):
        await accounts.refresh(CLIENT, holds.refresh_token)
    assert await everything(db) == before


async def test_a_session_ends_ninety_days_after_it_began_however_much_it_is_used(
    sign_up: SignUp, accounts: Accounts, db: Database, keys: Keys
) -> None:
    holds = await sign_up("ann")
    for _ in range(4):
        await later(db, 22 * DAY)
        holds = await accounts.refresh(CLIENT, holds.refresh_token)
    await later(db, 2 * DAY - 600)
    holds = await accounts.refresh(CLIENT, holds.refresh_token)
    assert await authenticate(db, keys, f"Bearer {holds.access.text}")
    await later(db, 600)
    await refused(db, keys, accounts, holds)
    anew = await accounts.sign_in(CLIENT, email="ann@example.com", password=PASSWORD)
    assert [session.id for session in await accounts.sessions_of(anew.authority(CLIENT))] == [anew.session_id]


async def test_where_less_is_allowed_than_a_session_lives_unused_it_ends_by_itself(
    accounts: Accounts, passwords: Passwords, db: Database, keys: Keys
) -> None:
    short = limited(accounts, 5, passwords)
    holds = await short.sign_up(CLIENT, email="ann@example.com", password=PASSWORD, display_name="Ann")
    await later(db, 5 * DAY - 600)
    assert await authenticate(db, keys, f"Bearer {holds.access.text}")
    await later(db, 600)
    await refused(db, keys, short, holds)


async def test_a_lower_limit_holds_for_older_sessions_from_their_next_refresh_on(
    sign_up: SignUp, accounts: Accounts, passwords: Passwords, db: Database
) -> None:
    holds = await sign_up("ann")
    await later(db, 10 * DAY)
    before = await everything(db)
    with pytest.raises(SessionTooOld):
        await limited(accounts, 10, passwords).refresh(CLIENT, holds.refresh_token)
    assert await everything(db) == before
    holds = await limited(accounts, 11, passwords).refresh(CLIENT, holds.refresh_token)
    await later(db, DAY)
    for one in (limited(accounts, 11, passwords), accounts):  # what was written then holds, also where more is allowed
        with pytest.raises(Unauthenticated):
            await one.refresh(CLIENT, holds.refresh_token)


async def test_who_signed_out_or_was_not_there_for_a_month_is_not_told_of_an_age(
    sign_up: SignUp, accounts: Accounts, db: Database
) -> None:
    left, idle = await sign_up("ann"), await sign_up("ben")
    await accounts.sign_out(left.authority(CLIENT))
    await later(db, 31 * DAY)
    for holds in (left, idle):
        with pytest.raises(Unauthenticated) as error:
            await accounts.refresh(CLIENT, holds.refresh_token)
        assert not isinstance(error.value, SessionTooOld)
