"""An address that only looks like another, or becomes it in small letters of Unicode, is another: nobody comes in by it.

The simple small letter of İ (U+0130) is a plain i, so that `lower` makes one address of two; the domain of the other one is
somebody else's to register.
"""

from dataclasses import replace

import pytest
from fixtures.people import CLIENT, PASSWORD, Team, who
from sqlalchemy import text

from auth.accounts import Accounts
from auth.errors import Invalid, InvalidCredentials, Taken, UnknownInvitation
from auth.id_tokens import Identity
from auth.memberships import Workspaces
from auth.sessions import SignedIn
from models.database import Database
from models.role import Role

ALIKE = "ann@maİl.example"
THEIRS = "ann@mail.example"


async def older_account(accounts: Accounts, db: Database) -> SignedIn:
    """One of before such addresses were refused."""
    eve = await accounts.sign_up(CLIENT, email="eve@example.com", password=PASSWORD, display_name="Eve")
    async with db.one() as connection:
        await connection.execute(
            text("update users set email = :email where id = :id"), {"email": ALIKE, "id": eve.user.id}
        )
    return eve


async def test_nobody_signs_in_with_an_address_that_only_becomes_the_accounts(accounts: Accounts) -> None:
    ann = await accounts.sign_up(CLIENT, email=THEIRS, password=PASSWORD, display_name="Ann")
    with pytest.raises(InvalidCredentials):
        await accounts.sign_in(CLIENT, email=ALIKE, password=PASSWORD)
    eve = Identity("any", "https://any.example", "eve", ALIKE, "Eve")
    with pytest.raises(Invalid):
        await accounts.sign_in_as(CLIENT, eve)
    again = await accounts.sign_in_as(CLIENT, replace(eve, email="ANN@mail.example"))
    assert again.user.id == ann.user.id


async def test_an_older_account_is_not_found_by_the_address_that_its_own_becomes(
    accounts: Accounts, db: Database
) -> None:
    eve = await older_account(accounts, db)
    assert (await accounts.sign_in(CLIENT, email=ALIKE, password=PASSWORD)).user.id == eve.user.id
    with pytest.raises(InvalidCredentials):
        await accounts.sign_in(CLIENT, email=THEIRS, password=PASSWORD)
    with pytest.raises(Taken):  # and nobody is taken for it
        await accounts.sign_in_as(CLIENT, Identity("any", "https://any.example", "ann", THEIRS, "Ann"))


async def test_an_invitation_is_for_nobody_whose_address_only_becomes_the_invited_one(
    accounts: Accounts, workspaces: Workspaces, team: Team, db: Database
) -> None:
    made = await workspaces.invite(team.authority("admin"), team.id, Role.ADMIN, THEIRS)
    eve = await older_account(accounts, db)
    with pytest.raises(UnknownInvitation):
        await workspaces.accept(who(eve), ALIKE, made.token)
    assert (await workspaces.accept(who(eve), THEIRS.upper(), made.token)).role is Role.ADMIN


async def test_who_is_called_what_is_no_name_here_is_called_as_the_address_begins(accounts: Accounts) -> None:
    made = await accounts.sign_in_as(CLIENT, Identity("any", "https://any.example", "1", THEIRS, "Ann\u200d"))
    assert made.user.display_name == "ann"
