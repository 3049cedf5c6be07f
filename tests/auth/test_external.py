"""Accounts of people who sign in with an identity provider; a real one (oidc-provider-mock) on loopback among them."""

import asyncio
from collections.abc import AsyncGenerator
from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import httpx2
import pytest
import pytest_asyncio
from fixtures.people import CLIENT, PASSWORD, SignUp, acts, authenticate, last_event, who
from fixtures.provider import real_provider

from auth.accounts import Accounts
from auth.errors import (
    InvalidCredentials,
    ProviderFailed,
    SetUpTokenNeeded,
    SignUpClosed,
    Unauthenticated,
)
from auth.id_tokens import Identity
from auth.keys import Keys
from auth.memberships import Workspaces
from auth.oidc import Providers
from auth.oidc_file import Provider
from auth.passwords import Passwords
from auth.principal import Principal
from auth.settings import AuthSettings
from auth.settings import SignUp as Policy
from models.database import Database
from models.role import Role

ANN = Identity("google", "https://accounts.example", "subject-1", "ann@example.com", "Ann")
LINKS = ("https://accounts.example", "another subject")


@pytest_asyncio.fixture
async def providers(keys: Keys) -> AsyncGenerator[Providers]:
    with real_provider(ann="ann@example.com") as address:
        made = Providers(
            [Provider(name="real", label="Real", issuer=address, client_id="us", client_secret="secret")],
            keys,
            "http://localhost:8000",
            timeout=60,
        )
        yield made
        await made.close()


async def test_a_person_signs_in_with_a_real_provider_again_and_again(
    providers: Providers, accounts: Accounts, db: Database, keys: Keys
) -> None:
    users = set[str]()
    for _ in range(2):
        started = await providers.begin("real", "/w/ann")
        async with httpx2.AsyncClient(timeout=60) as browser:
            answer = await browser.post(started.url, data={"sub": "ann"})
        back = {name: values[0] for name, values in parse_qs(urlsplit(answer.headers["location"]).query).items()}
        done = await providers.finish("real", cookie=started.cookie, code=back["code"], state=back["state"])
        signed_in = await accounts.sign_in_as(CLIENT, done.identity)
        assert await authenticate(db, keys, f"Bearer {signed_in.access.text}")
        users.add(f"{signed_in.user.id} {signed_in.user.email} {signed_in.user.display_name}")
    assert len(users) == 1
    assert users.pop().endswith(" ann@example.com Ann")
    assert await acts(db) == ["SIGNED_UP", "WORKSPACE_CREATED", "SIGNED_IN", "SIGNED_IN"]


async def test_a_code_that_the_provider_did_not_give_is_refused(providers: Providers) -> None:
    started = await providers.begin("real")
    with pytest.raises(ProviderFailed):
        await providers.finish("real", cookie=started.cookie, code="made-up", state=_state(started.url))


async def test_the_first_account_is_the_installations_admin(accounts: Accounts) -> None:
    assert (await accounts.sign_in_as(CLIENT, ANN)).user.is_instance_admin
    other = replace(ANN, subject="subject-2", email="bob@example.com")
    assert not (await accounts.sign_in_as(CLIENT, other)).user.is_instance_admin


async def test_an_account_is_linked_by_a_verified_address_only(sign_up: SignUp, accounts: Accounts) -> None:
    ann = await sign_up("ann")
    with pytest.raises(ProviderFailed):
        await accounts.sign_in_as(CLIENT, replace(ANN, email=None))
    assert (await accounts.sign_in_as(CLIENT, replace(ANN, email="ANN@example.com"))).user.id == ann.user.id
    assert (await accounts.sign_in_as(CLIENT, replace(ANN, email=None))).user.id == ann.user.id


async def test_whoever_took_an_address_that_is_not_theirs_is_out_when_its_owner_comes(
    sign_up: SignUp, accounts: Accounts, workspaces: Workspaces, db: Database, keys: Keys
) -> None:
    squatter = await sign_up("ann")
    (own,) = await workspaces.memberships_of(who(squatter))
    token = await workspaces.create_token(who(squatter), own.workspace.id, "a door kept open", Role.ADMIN)
    owner = await accounts.sign_in_as(CLIENT, ANN)
    assert owner.user.id == squatter.user.id
    for credential in (squatter.access.text, token.secret):
        with pytest.raises(Unauthenticated):
            await authenticate(db, keys, f"Bearer {credential}")
    with pytest.raises(InvalidCredentials):
        await accounts.sign_in(CLIENT, email="ann@example.com", password=PASSWORD)
    assert await authenticate(db, keys, f"Bearer {owner.access.text}")


async def test_a_second_provider_takes_nothing_away(sign_up: SignUp, accounts: Accounts) -> None:
    await sign_up("ann")
    first = await accounts.sign_in_as(CLIENT, ANN)
    second = await accounts.sign_in_as(CLIENT, replace(ANN, issuer=LINKS[0], subject=LINKS[1]))
    assert first.user.id == second.user.id
    assert len(await accounts.sessions_of(who(second))) == 2


async def test_a_disabled_account_is_not_let_in(sign_up: SignUp, accounts: Accounts) -> None:
    admin = await sign_up("admin")
    ann = await accounts.sign_in_as(CLIENT, ANN)
    by = Principal(who(admin), admin.user, "session")
    await accounts.set_user_disabled(by, ann.user.id, disabled=True)
    for identity in (ANN, replace(ANN, subject="another")):
        with pytest.raises(InvalidCredentials):
            await accounts.sign_in_as(CLIENT, identity)


async def test_two_first_sign_ins_at_once_make_one_account(accounts: Accounts) -> None:
    first, second = await asyncio.gather(*(accounts.sign_in_as(CLIENT, ANN) for _ in range(2)))
    assert first.user.id == second.user.id


async def test_the_sign_up_policy_holds_for_providers_too(
    sign_up: SignUp, workspaces: Workspaces, db: Database, keys: Keys, passwords: Passwords
) -> None:
    admin = await sign_up("admin")
    invite = Accounts(db, keys, AuthSettings(sign_up=Policy.INVITE), passwords=passwords)
    closed = Accounts(db, keys, AuthSettings(sign_up=Policy.CLOSED), passwords=passwords)
    for accounts in (invite, closed):
        with pytest.raises(SignUpClosed):
            await accounts.sign_in_as(CLIENT, ANN)
    (own,) = await workspaces.memberships_of(who(admin))
    await workspaces.invite(who(admin), own.workspace.id, Role.VIEWER, "Ann@example.com")
    with pytest.raises(SignUpClosed):
        await closed.sign_in_as(CLIENT, ANN)
    assert await invite.sign_in_as(CLIENT, ANN)
    assert (await last_event(db))["action"] == "SIGNED_IN"


async def test_nobody_from_outside_makes_the_first_account_with_a_provider(
    db: Database, keys: Keys, passwords: Passwords
) -> None:
    public = Accounts(db, keys, AuthSettings(loopback=False), passwords=passwords)
    with pytest.raises(SetUpTokenNeeded):
        await public.sign_in_as(CLIENT, ANN)
    assert await acts(db) == []


def _state(url: str) -> str:
    return parse_qs(urlsplit(url).query)["state"][0]
