"""Signing up and in, staying signed in, signing out."""

import pytest
from fixtures.people import CLIENT, PASSWORD, SignUp, authenticate, who

from auth.accounts import Accounts
from auth.errors import InvalidCredentials, Unauthenticated
from auth.keys import Keys
from models.database import Database


async def test_signing_up_signs_in_and_a_password_signs_in_again(
    sign_up: SignUp, accounts: Accounts, db: Database, keys: Keys
) -> None:
    ann = await sign_up("ann")
    again = await accounts.sign_in(CLIENT, email="ANN@example.COM", password=PASSWORD)
    principal = await authenticate(db, keys, f"Bearer {again.access.text}")
    assert principal is not None
    assert principal.user == ann.user == again.user
    assert principal.authority.session_id == again.session_id != ann.session_id
    assert principal.kind == "session"


async def test_a_wrong_password_and_an_unknown_address_get_the_same_answer(sign_up: SignUp, accounts: Accounts) -> None:
    await sign_up("ann")
    answers: list[str] = []
    for email in ("ann@example.com", "nobody@example.com"):
        with pytest.raises(InvalidCredentials) as refused:
            await accounts.sign_in(CLIENT, email=email, password="not the password at all")
        answers.append(refused.value.message)
    assert answers[0] == answers[1]


async def test_a_session_that_was_signed_out_holds_nothing(
    sign_up: SignUp, accounts: Accounts, db: Database, keys: Keys
) -> None:
    ann = await sign_up("ann")
    await accounts.sign_out(who(ann))
    with pytest.raises(Unauthenticated):
        await authenticate(db, keys, f"Bearer {ann.access.text}")
    with pytest.raises(Unauthenticated):
        await accounts.refresh(CLIENT, ann.refresh_token)


async def test_signing_out_everywhere_ends_the_other_sessions_too(sign_up: SignUp, accounts: Accounts) -> None:
    ann = await sign_up("ann")
    await accounts.sign_in(CLIENT, email="ann@example.com", password=PASSWORD)
    assert len(await accounts.sessions_of(who(ann))) == 2
    await accounts.sign_out(who(ann), everywhere=True)
    assert await accounts.sessions_of(who(ann)) == []
