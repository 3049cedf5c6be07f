"""How often one may try: exact under parallel requests, by account and by address, and never against who is signed in."""

import asyncio
from datetime import timedelta

import pytest
from fixtures.people import CLIENT, PASSWORD, SignUp, acts, authenticate, who
from sqlalchemy import text

from auth.accounts import Accounts
from auth.client import Client
from auth.errors import Invalid, InvalidCredentials, Throttled
from auth.keys import Keys
from auth.passwords import Passwords
from auth.settings import AuthSettings
from auth.throttle import Throttle, network
from models.database import Database


async def later(db: Database, minutes: float) -> None:
    async with db.one() as connection:
        moved = "update lockouts set last_at = last_at - :by, blocked_until = blocked_until - :by"
        await connection.execute(
            text(moved.replace(":by", "cast(:by as interval)")), {"by": timedelta(minutes=minutes)}
        )


async def tries(accounts: Accounts, email: str, count: int, client: Client = CLIENT) -> list[type]:
    """What so many wrong passwords at the same moment get for an answer."""
    attempts = (accounts.sign_in(client, email=email, password=f"wrong password {n}") for n in range(count))
    return [type(answer) for answer in await asyncio.gather(*attempts, return_exceptions=True)]


@pytest.mark.parametrize("email", ["ann@example.com", "nobody@example.com"])
async def test_ten_wrong_passwords_are_checked_and_no_more_however_they_come(
    sign_up: SignUp, accounts: Accounts, db: Database, email: str
) -> None:
    await sign_up("ann")
    answers = await tries(accounts, email, 30)
    assert (answers.count(InvalidCredentials), answers.count(Throttled)) == (10, 20)
    assert await tries(accounts, email.upper(), 1) == [Throttled]
    assert (await acts(db)).count("SIGN_IN_FAILED") == (10 if email.startswith("ann") else 0)


async def test_a_block_says_for_how_long_and_each_one_is_twice_as_long_up_to_an_hour(
    sign_up: SignUp, accounts: Accounts, db: Database
) -> None:
    await sign_up("ann")
    for minutes in (15, 30, 60, 60):
        answers = await tries(accounts, "ann@example.com", 10)
        assert answers == [InvalidCredentials] * 10
        with pytest.raises(Throttled) as refused:
            await accounts.sign_in(CLIENT, email="ann@example.com", password=PASSWORD)
        assert minutes * 60 - 120 < refused.value.retry_after <= minutes * 60
        await later(db, minutes)
    await later(db, 16)
    assert await tries(accounts, "ann@example.com", 10) == [InvalidCredentials] * 10
    with pytest.raises(Throttled) as refused:
        await accounts.sign_in(CLIENT, email="ann@example.com", password=PASSWORD)
    assert refused.value.retry_after <= 15 * 60


async def test_right_passwords_do_not_count(sign_up: SignUp, accounts: Accounts, db: Database) -> None:
    await sign_up("ann")
    await tries(accounts, "ann@example.com", 9)
    for _ in range(4):
        assert await accounts.sign_in(CLIENT, email="ann@example.com", password=PASSWORD)
    assert await tries(accounts, "ann@example.com", 2) in (
        [InvalidCredentials, Throttled],
        [Throttled, InvalidCredentials],
    )


async def test_who_is_signed_in_stays_so_while_someone_guesses(
    sign_up: SignUp, accounts: Accounts, db: Database, keys: Keys
) -> None:
    ann = await sign_up("ann")
    await tries(accounts, "ann@example.com", 12)
    assert await authenticate(db, keys, f"Bearer {ann.access.text}")
    refreshed = await accounts.refresh(CLIENT, ann.refresh_token)
    await accounts.change_password(who(refreshed), current_password=PASSWORD, new_password="another anchor seventy")


async def test_guessing_the_password_of_a_session_is_counted_too(sign_up: SignUp, accounts: Accounts) -> None:
    ann = await sign_up("ann")
    guesses = [
        accounts.change_password(who(ann), current_password=f"wrong {n}", new_password="another anchor seventy")
        for n in range(15)
    ]
    answers = [type(answer) for answer in await asyncio.gather(*guesses, return_exceptions=True)]
    assert (answers.count(Invalid), answers.count(Throttled)) == (10, 5)


async def test_a_hundred_wrong_passwords_are_checked_for_an_address_whoever_they_are_for(
    sign_up: SignUp, accounts: Accounts, db: Database
) -> None:
    await sign_up("ann")
    answers = [answer for n in range(12) for answer in await tries(accounts, f"someone{n}@example.com", 9)]
    assert (answers.count(InvalidCredentials), answers.count(Throttled)) == (100, 8)
    elsewhere = Client("198.51.100.1")
    assert await tries(accounts, "someone11@example.com", 1, elsewhere) == [InvalidCredentials]
    with pytest.raises(Throttled):
        await accounts.sign_in(CLIENT, email="ann@example.com", password=PASSWORD)
    assert await accounts.sign_in(elsewhere, email="ann@example.com", password=PASSWORD)


async def test_an_address_that_is_refused_does_not_lock_the_accounts_of_others(
    accounts: Accounts, sign_up: SignUp
) -> None:
    await sign_up("ann")
    for n in range(12):
        await tries(accounts, f"someone{n}@example.com", 9)
    assert await tries(accounts, "ann@example.com", 20) == [Throttled] * 20
    assert await accounts.sign_in(Client("198.51.100.1"), email="ann@example.com", password=PASSWORD)


async def test_counters_are_shared_by_processes_and_survive_them(
    db: Database, keys: Keys, passwords: Passwords, sign_up: SignUp
) -> None:
    await sign_up("ann")
    processes = [Accounts(db, keys, AuthSettings(), passwords=passwords) for _ in range(3)]
    answers = await asyncio.gather(*(tries(process, "ann@example.com", 8) for process in processes))
    assert sum(answer.count(InvalidCredentials) for answer in answers) == 10


@pytest.mark.parametrize(
    ("address", "counted"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("unix", "unix"),
    ],
)
def test_who_shares_a_network_shares_a_counter(address: str, counted: str) -> None:
    assert network(address) == counted


async def test_requests_of_a_network_are_counted_in_memory(db: Database) -> None:
    throttle = Throttle(db, requests_per_minute=3)
    for _ in range(3):
        throttle.request("192.0.2.7")
    with pytest.raises(Throttled):
        throttle.request("192.0.2.7")
    throttle.request("192.0.2.8")
    throttle.request(None)
