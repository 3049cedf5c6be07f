"""Passwords that change: what ends, what stays, what is told; mail by a real SMTP server on loopback."""

import asyncio
from re import search

import pytest
from fixtures.people import CLIENT, PASSWORD, SignUp, Team, acts, authenticate, everything, last_event, who
from sqlalchemy import text

from auth.accounts import Accounts
from auth.errors import (
    InstanceAdminNeeded,
    Invalid,
    InvalidCredentials,
    NotFound,
    Unauthenticated,
    UnknownReset,
    WeakPassword,
)
from auth.keys import Keys
from auth.mail import MailFailed
from auth.passwords import Passwords
from auth.principal import Principal
from auth.settings import AuthSettings
from models.database import Database

NEW = "another anchor seventy"
SETTINGS = AuthSettings(public_url="https://fermata.example/")


class Mailbox:
    """Keeps what was sent; with `fails` it takes nothing."""

    def __init__(self) -> None:
        self.sent: list[tuple[str, str, str]] = []
        self.fails = False

    async def send(self, to: str, subject: str, text: str) -> None:
        if self.fails:
            raise MailFailed("no")
        self.sent.append((to, subject, text))

    def token(self) -> str:
        """The secret of the link in the latest message."""
        found = search(r"https://fermata\.example/reset-password#(\S+)", self.sent[-1][2])
        assert found is not None
        return found[1]


@pytest.fixture
def mailbox() -> Mailbox:
    return Mailbox()


@pytest.fixture
def mailing(db: Database, keys: Keys, passwords: Passwords, mailbox: Mailbox) -> Accounts:
    return Accounts(db, keys, SETTINGS, mailbox, passwords=passwords)


async def settled(accounts: Accounts) -> None:
    """Wait for what was left for later."""
    await asyncio.gather(*accounts._running)


async def test_a_new_password_ends_the_other_sessions_and_keeps_this_one(
    sign_up: SignUp, accounts: Accounts, db: Database, keys: Keys
) -> None:
    ann = await sign_up("ann")
    other = await accounts.sign_in(CLIENT, email="ann@example.com", password=PASSWORD)
    await accounts.change_password(who(ann), current_password=PASSWORD, new_password=NEW)
    assert await authenticate(db, keys, f"Bearer {ann.access.text}")
    with pytest.raises(Unauthenticated):
        await authenticate(db, keys, f"Bearer {other.access.text}")
    with pytest.raises(InvalidCredentials):
        await accounts.sign_in(CLIENT, email="ann@example.com", password=PASSWORD)
    assert await accounts.sign_in(CLIENT, email="ann@example.com", password=NEW)
    assert "PASSWORD_CHANGED" in await acts(db)


async def test_a_password_is_not_changed_without_the_current_one_or_to_a_weak_one(
    sign_up: SignUp, accounts: Accounts, db: Database
) -> None:
    ann = await sign_up("ann")
    for current, new, field in (("wrong password", NEW, "currentPassword"), (PASSWORD, "password1", "newPassword")):
        with pytest.raises(Invalid) as refused:
            await accounts.change_password(who(ann), current_password=current, new_password=new)
        assert list(refused.value.fields) == [field]
    assert "PASSWORD_CHANGED" not in await acts(db)
    await accounts.sign_out(who(ann))
    with pytest.raises(Unauthenticated):
        await accounts.change_password(who(ann), current_password=PASSWORD, new_password=NEW)
    assert await accounts.sign_in(CLIENT, email="ann@example.com", password=PASSWORD)


async def test_a_mailed_link_sets_a_password_once_and_ends_every_session(
    sign_up: SignUp, mailing: Accounts, mailbox: Mailbox, db: Database, keys: Keys
) -> None:
    ann = await sign_up("ann")
    await mailing.request_reset(CLIENT, "ANN@example.com")
    await settled(mailing)
    assert [(to, subject) for to, subject, _ in mailbox.sent] == [
        ("ann@example.com", "Choose a new password for Fermata")
    ]
    token = mailbox.token()
    with pytest.raises(WeakPassword):
        await mailing.reset_password(CLIENT, token=token, new_password="password1")
    signed_in = await mailing.reset_password(CLIENT, token=token, new_password=NEW)
    assert signed_in.user == ann.user
    assert await authenticate(db, keys, f"Bearer {signed_in.access.text}")
    with pytest.raises(Unauthenticated):
        await authenticate(db, keys, f"Bearer {ann.access.text}")
    with pytest.raises(UnknownReset):
        await mailing.reset_password(CLIENT, token=token, new_password=NEW)
    assert (await last_event(db))["detail"] == {"by": "mail"}


async def test_of_two_who_use_a_link_at_the_same_moment_one_succeeds(
    sign_up: SignUp, mailing: Accounts, mailbox: Mailbox
) -> None:
    await sign_up("ann")
    await mailing.request_reset(CLIENT, "ann@example.com")
    await settled(mailing)
    token = mailbox.token()
    answers = await asyncio.gather(
        *(mailing.reset_password(CLIENT, token=token, new_password=f"{NEW} {n}") for n in range(4)),
        return_exceptions=True,
    )
    assert [type(answer) for answer in answers].count(UnknownReset) == 3


async def test_a_new_password_makes_older_links_useless(sign_up: SignUp, mailing: Accounts, mailbox: Mailbox) -> None:
    await sign_up("ann")
    tokens: list[str] = []
    for _ in range(2):
        await mailing.request_reset(CLIENT, "ann@example.com")
        await settled(mailing)
        tokens.append(mailbox.token())
    await mailing.reset_password(CLIENT, token=tokens[1], new_password=NEW)
    with pytest.raises(UnknownReset):
        await mailing.reset_password(CLIENT, token=tokens[0], new_password=NEW)


async def test_a_link_that_is_over_sets_nothing(
    sign_up: SignUp, mailing: Accounts, mailbox: Mailbox, db: Database
) -> None:
    await sign_up("ann")
    await mailing.request_reset(CLIENT, "ann@example.com")
    await settled(mailing)
    async with db.one() as connection:
        await connection.execute(text("update password_resets set expires_at = clock_timestamp()"))
    with pytest.raises(UnknownReset):
        await mailing.reset_password(CLIENT, token=mailbox.token(), new_password=NEW)
    assert await mailing.sign_in(CLIENT, email="ann@example.com", password=PASSWORD)


async def test_asking_for_a_link_tells_nothing_and_mails_three_an_hour_at_most(
    sign_up: SignUp, mailing: Accounts, mailbox: Mailbox
) -> None:
    await sign_up("ann")
    for _ in range(5):
        for email in ("ann@example.com", "nobody@example.com", "no address", "\0"):
            await mailing.request_reset(CLIENT, email)
    await settled(mailing)
    assert [to for to, _, _ in mailbox.sent] == ["ann@example.com"] * 3


async def test_a_link_goes_to_the_address_of_the_account_and_to_none_that_only_becomes_it_in_small_letters(
    accounts: Accounts, mailing: Accounts, mailbox: Mailbox
) -> None:
    await accounts.sign_up(CLIENT, email="Ann@mail.example", password=PASSWORD, display_name="Ann")
    for typed in ("ann@maİl.example", "ANN@MAIL.EXAMPLE"):
        await mailing.request_reset(CLIENT, typed)
    await settled(mailing)
    assert [to for to, _, _ in mailbox.sent] == ["Ann@mail.example"]


async def test_without_mail_no_link_is_made(sign_up: SignUp, accounts: Accounts, db: Database) -> None:
    await sign_up("ann")
    await accounts.request_reset(CLIENT, "ann@example.com")
    assert accounts._running == set()
    async with db.one() as connection:
        assert (await connection.execute(text("select count(*) from password_resets"))).scalar_one() == 0


async def test_a_mail_server_that_fails_is_logged_without_the_link(
    sign_up: SignUp, mailing: Accounts, mailbox: Mailbox, caplog: pytest.LogCaptureFixture
) -> None:
    await sign_up("ann")
    mailbox.fails = True
    await mailing.request_reset(CLIENT, "ann@example.com")
    await settled(mailing)
    assert "a mail was not sent" in caplog.text
    assert "reset-password" not in caplog.text


async def test_an_admin_of_the_installation_hands_out_links_and_nobody_else(
    team: Team, accounts: Accounts, db: Database
) -> None:
    admin, viewer = team.people["admin"], team.people["viewer"]
    before = await everything(db)
    with pytest.raises(InstanceAdminNeeded):
        await accounts.reset_link(Principal(who(viewer), viewer.user, "session"), admin.user.id)
    assert await everything(db) == before
    link = await accounts.reset_link(Principal(who(admin), admin.user, "session"), viewer.user.id)
    event = await last_event(db)
    assert (event["action"], event["subject_id"]) == ("RESET_LINK_MADE", viewer.user.id)
    await accounts.reset_password(CLIENT, token=link.partition("#")[2], new_password=NEW)
    assert (await last_event(db))["detail"] == {"by": "hand"}


async def test_the_command_line_makes_links_and_sets_passwords(
    sign_up: SignUp, accounts: Accounts, keys: Keys, db: Database
) -> None:
    ann = await sign_up("ann")
    link = await accounts.reset_link_for(CLIENT, "ann@example.com")
    assert link.startswith("http://127.0.0.1:8000/reset-password#")
    await accounts.set_password(CLIENT, email="ann@example.com", password=NEW)
    with pytest.raises(Unauthenticated):
        await authenticate(db, keys, f"Bearer {ann.access.text}")
    assert await accounts.sign_in(CLIENT, email="ann@example.com", password=NEW)
    for refused in (
        accounts.reset_link_for(CLIENT, "nobody@example.com"),
        accounts.set_password(CLIENT, email="nobody@example.com", password=NEW),
    ):
        with pytest.raises(NotFound):
            await refused
