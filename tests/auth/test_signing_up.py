"""New accounts: who may make one, the first one, and what is refused."""

import asyncio
import unicodedata
from typing import Any

import pytest
from fixtures.people import CLIENT, PASSWORD, SignUp, acts, everything, last_event

from auth import names
from auth.accounts import Accounts
from auth.errors import Invalid, InvalidCredentials, SetUpTokenNeeded, SignUpClosed, Taken, WeakPassword
from auth.keys import Keys
from auth.passwords import Passwords
from auth.settings import AuthSettings
from auth.settings import SignUp as Policy
from models.database import Database


async def test_of_first_accounts_at_the_same_moment_one_is_the_installations_admin(sign_up: SignUp) -> None:
    made = await asyncio.gather(*(sign_up(f"person{n}") for n in range(6)))
    assert [one.user.is_instance_admin for one in made].count(True) == 1


async def test_signing_up_is_in_the_history(sign_up: SignUp, db: Database) -> None:
    ann = await sign_up("ann")
    assert await acts(db) == ["SIGNED_UP", "WORKSPACE_CREATED"]
    event = await last_event(db)
    assert (event["actor_id"], event["address"], event["request_id"]) == (
        ann.user.id,
        CLIENT.address,
        CLIENT.request_id,
    )


async def test_an_address_is_taken_once_in_whatever_letters(sign_up: SignUp, accounts: Accounts, db: Database) -> None:
    await sign_up("ann")
    before = await everything(db)
    with pytest.raises(Taken):
        await accounts.sign_up(CLIENT, email="ANN@Example.com", password=PASSWORD, display_name="Ann")
    assert await everything(db) == before


async def test_the_same_address_at_the_same_moment_makes_one_account(sign_up: SignUp) -> None:
    answers = await asyncio.gather(*(sign_up("ann") for _ in range(4)), return_exceptions=True)
    assert [type(answer) for answer in answers].count(Taken) == 3


@pytest.mark.parametrize(
    ("email", "name", "fields"),
    [
        ("no address", "Ann", ["email"]),
        ("a@b@c", "Ann", ["email"]),
        ("a b@example.com", "Ann", ["email"]),
        ("ann@", "Ann", ["email"]),
        ("ann@example..com", "Ann", ["email"]),
        (f"{'x' * 250}@example.com", "Ann", ["email"]),
        ("ann\0@example.com", "Ann", ["email"]),
        ("\ud800@example.com", "Ann", ["email"]),
        ("ann@example.com", " ", ["displayName"]),
        ("ann@example.com", "x" * 101, ["displayName"]),
        ("ann@example.com", "Ann\u202egnp.exe", ["displayName"]),
        ("", "", ["email", "displayName"]),
        ("ann@maİl.example", "Ann", ["email"]),  # in small letters it would be somebody else's
        ("ÉMILE@example.com", "Ann", ["email"]),
        ("ann\u3164@example.com", "Ann", ["email"]),
        ("ann\ufe0f@example.com", "Ann", ["email"]),
        ("ann\u200b@example.com", "Ann", ["email"]),
        ("ann@example.com", "\u3164", ["displayName"]),
        ("ann@example.com", "Ann\u2800", ["displayName"]),
        ("ann@example.com", "\ufe0f", ["displayName"]),
        ("ann@example.com", "A" + "\u0316" * 5, ["displayName"]),
    ],
)
def test_what_is_wrong_is_named(email: str, name: str, fields: list[str]) -> None:
    with pytest.raises(Invalid) as refused:
        names.person(email, name)
    assert list(refused.value.fields) == fields


@pytest.mark.parametrize("name", ["Ann ❤️", "Nguyễn Thị Ấm", "أَحْمَدُ", "สมเกียรติ์", "李小龙", "O'Neil-Şahin", "q̣̇"])
def test_names_of_any_script_are_names(name: str) -> None:
    assert names.person("émile@exämple.com", name) == ("émile@exämple.com", unicodedata.normalize("NFC", name))


async def test_a_sign_up_that_is_refused_leaves_nothing(accounts: Accounts, db: Database) -> None:
    before = await everything(db)
    for email, name, password in (
        ("no address", "Ann", PASSWORD),
        ("ann@example.com", " ", PASSWORD),
        ("ann@example.com", "Ann", "password1"),
    ):
        with pytest.raises(Invalid):
            await accounts.sign_up(CLIENT, email=email, password=password, display_name=name)
    assert await everything(db) == before


async def test_a_password_made_of_ones_own_name_is_refused(accounts: Accounts) -> None:
    with pytest.raises(WeakPassword):
        await accounts.sign_up(CLIENT, email="lindqvist@example.com", password="lindqvist1", display_name="Annette")


def accounts_with(db: Database, keys: Keys, passwords: Passwords, **settings: Any) -> Accounts:
    return Accounts(db, keys, AuthSettings(**settings), passwords=passwords)


@pytest.mark.parametrize("policy", [Policy.CLOSED, Policy.INVITE])
async def test_where_sign_up_is_not_open_only_the_first_account_is_made(
    db: Database, keys: Keys, passwords: Passwords, policy: Policy
) -> None:
    accounts = accounts_with(db, keys, passwords, sign_up=policy)
    await accounts.sign_up(CLIENT, email="ann@example.com", password=PASSWORD, display_name="Ann")
    before = await everything(db)
    with pytest.raises(SignUpClosed):
        await accounts.sign_up(CLIENT, email="bob@example.com", password=PASSWORD, display_name="Bob")
    assert await everything(db) == before
    made = await accounts.create_user(CLIENT, email="bob@example.com", password=PASSWORD, display_name="Bob")
    assert not made.is_instance_admin
    assert await accounts.sign_in(CLIENT, email="bob@example.com", password=PASSWORD)


async def test_from_outside_the_first_account_needs_the_set_up_token_and_the_next_ones_do_not(
    db: Database, keys: Keys, passwords: Passwords
) -> None:
    accounts = accounts_with(db, keys, passwords, loopback=False)

    async def sign_up(email: str, token: str | None) -> Any:
        return await accounts.sign_up(CLIENT, email=email, password=PASSWORD, display_name="Someone", setup_token=token)

    assert await accounts.setup_token() == keys.setup_token
    for token in (None, "", "wrong", keys.setup_token + "x", "é"):
        with pytest.raises(SetUpTokenNeeded):
            await sign_up("ann@example.com", token)
    assert not await accounts.has_accounts()
    assert (await sign_up("ann@example.com", keys.setup_token)).user.is_instance_admin
    assert await accounts.setup_token() is None
    assert not (await sign_up("bob@example.com", None)).user.is_instance_admin


async def test_the_first_account_of_the_command_line_is_an_admins_too(accounts: Accounts) -> None:
    first = await accounts.create_user(CLIENT, email="ann@example.com", password=PASSWORD, display_name="Ann")
    second = await accounts.create_user(
        CLIENT, email="bob@example.com", password=PASSWORD, display_name="Bob", admin=True
    )
    assert first.is_instance_admin
    assert second.is_instance_admin
    with pytest.raises(InvalidCredentials):
        await accounts.sign_in(CLIENT, email="ann@example.com", password="not the password")
