"""Passwords as they are typed: whole, letter by letter, of any signs; none of the frequent ones; and kept by today's parameters."""

import pytest
from fixtures.people import CLIENT, PASSWORD, SignUp, who
from sqlalchemy import text
from zxcvbn.frequency_lists import FREQUENCY_LISTS

from auth.accounts import Accounts
from auth.errors import InvalidCredentials, WeakPassword
from auth.keys import Keys
from auth.passwords import Passwords, guessable
from auth.settings import AuthSettings
from models.database import Database

FREQUENT = [word for word in FREQUENCY_LISTS["passwords"] if len(word) >= 8]
ANY = (
    "только строчные буквы",
    "ohnegrossbuchstabenundziffern",
    "739204 618 2205 7391",
    "🎼 🎻 violet anchor 🎹",
    " blanks at both ends, kept ",
    "x" * 3 + "Quite-long, " * 20,  # 243 characters
)


def test_the_frequent_passwords_that_are_long_enough_are_refused() -> None:
    assert len(FREQUENT) > 3000
    assert [word for word in FREQUENT[:3000:10] if guessable(word) is None] == []
    assert [word for word in FREQUENT[3000::400] if guessable(word) is None] == []


@pytest.mark.parametrize("password", ANY, ids=ascii)
async def test_a_password_of_any_signs_is_taken_and_counts_to_its_last_one(
    accounts: Accounts, db: Database, password: str
) -> None:
    await accounts.sign_up(CLIENT, email="ann@example.com", password=password, display_name="Ann")
    assert await accounts.sign_in(CLIENT, email="ann@example.com", password=password)
    for other in (password[:-1], password + "x", password[:72], password.swapcase(), password.strip() + "  "):
        if other != password:
            with pytest.raises(InvalidCredentials):
                await accounts.sign_in(CLIENT, email="ann@example.com", password=other)


async def test_ones_own_names_are_no_password_whichever_way_it_is_chosen(sign_up: SignUp, accounts: Accounts) -> None:
    lind = await accounts.sign_up(
        CLIENT, email="lindqvist@example.com", password=PASSWORD, display_name="Annette Quarterly"
    )
    link = await accounts.reset_link_for(CLIENT, "lindqvist@example.com")
    for weak in ("lindqvist1", "quarterly!", "fermata fermata"):
        for refused in (
            accounts.change_password(who(lind), current_password=PASSWORD, new_password=weak),
            accounts.reset_password(CLIENT, token=link.partition("#")[2], new_password=weak),
            accounts.set_password(CLIENT, email="lindqvist@example.com", password=weak),
        ):
            with pytest.raises(WeakPassword):
                await refused
    assert await accounts.sign_in(CLIENT, email="lindqvist@example.com", password=PASSWORD)


async def test_a_hash_of_yesterdays_parameters_is_made_anew_at_the_next_sign_in(
    sign_up: SignUp, db: Database, keys: Keys
) -> None:
    await sign_up("ann")
    stronger = Passwords(memory_kib=128)
    accounts = Accounts(db, keys, AuthSettings(), passwords=stronger)

    async def stored() -> str:
        async with db.one() as connection:
            return (await connection.execute(text("select password_hash from users"))).scalar_one()

    before = await stored()
    assert stronger.outdated(before)
    with pytest.raises(InvalidCredentials):
        await accounts.sign_in(CLIENT, email="ann@example.com", password="not the password at all")
    assert await stored() == before
    assert await accounts.sign_in(CLIENT, email="ann@example.com", password=PASSWORD)
    after = await stored()
    assert after != before and not stronger.outdated(after)
    assert await accounts.sign_in(CLIENT, email="ann@example.com", password=PASSWORD)
    assert await stored() == after
    stronger.close()
