"""Ten password checks an account, in whatever shape they come: aliases in a document, documents in parallel, several processes."""

import asyncio
from collections import Counter

import pytest
from fixtures.surface import Asker, code, services
from sqlalchemy import text

from auth.client import Client
from auth.passwords import Passwords
from gql.context import Services
from gql.documents import Rejected
from models.database import Database

PASSWORD = "violet anchor seventeen"
SIGN_UP = f"""mutation {{ signUp(input: {{email: "ann@example.com", password: "{PASSWORD}", displayName: "Ann"}}) {{
  refreshToken }} }}"""
TRY = '{alias}: signIn(input: {{email: "{email}", password: "wrong {alias}"}}) {{ accessToken }}'
FAILED = text("select count(*) from events where action = 'SIGN_IN_FAILED'")


def document(aliases: int, email: str = "ann@example.com") -> str:
    """So many attempts at once."""
    return f"mutation {{ {' '.join(TRY.format(alias=f'a{n}', email=email) for n in range(aliases))} }}"


async def checked(db: Database) -> int:
    """How many passwords of accounts that there are have been looked at, and were wrong."""
    async with db.one() as connection:
        return (await connection.execute(FAILED)).scalar_one()


@pytest.mark.parametrize("aliases", [1, 10])
@pytest.mark.parametrize("processes", [1, 3])
async def test_ten_wrong_passwords_are_checked_and_no_more_in_whatever_shape(
    aliases: int, processes: int, surface: Services, passwords: Passwords, db: Database
) -> None:
    await Asker(surface)(SIGN_UP)
    made = [services(db, passwords) for _ in range(processes)]
    askers = [Asker(made[n % processes], Client(f"2001:db8:{n}::1")) for n in range(24)]
    answers = Counter(map(code, await asyncio.gather(*(asker(document(aliases)) for asker in askers))))
    # The first attempt of a document that fails ends it: the others are not even begun.
    assert answers == {"UNAUTHENTICATED": 10, "RATE_LIMITED": 14}
    assert await checked(db) == 10
    for one in made:
        await one.watchers.close()


async def test_more_aliases_than_a_document_may_hold_are_refused_before_any_password_is_looked_at(
    surface: Services, db: Database
) -> None:
    await Asker(surface)(SIGN_UP)
    with pytest.raises(Rejected, match="root fields 11, allowed 10"):
        await Asker(surface)(document(11))
    assert await checked(db) == 0


async def test_who_is_signed_in_is_not_shut_out_by_whoever_guesses(surface: Services) -> None:
    signed_up = (await Asker(surface)(SIGN_UP))["data"]
    for n in range(12):
        await Asker(surface, Client(f"2001:db8:{n}::1"))(document(1))
    refresh = "mutation ($t: String!) { refreshSession(refreshToken: $t) { accessToken } }"
    assert code(await Asker(surface)(refresh, {"t": signed_up["signUp"]["refreshToken"]})) == "OK"
    right = document(1).replace("wrong a0", PASSWORD)
    assert code(await Asker(surface, Client("2001:db8:ffff::1"))(right)) == "RATE_LIMITED"
