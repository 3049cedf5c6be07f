"""Mail by a real SMTP server on loopback."""

from email import message_from_bytes, policy
from typing import Any

import pytest
from fixtures.mail import smtp_server

from auth.mail import MailFailed, Smtp


async def test_mail_goes_by_smtp_to_one_address() -> None:
    async with smtp_server() as (url, taken):
        await Smtp(url, "Fermata <fermata@example.com>").send("ann@example.com", "A subject", "Grüße\n\nhttps://x#y\n")
    (raw,) = taken
    message: Any = message_from_bytes(raw, policy=policy.default)
    assert (message["From"], message["To"], message["Subject"]) == (
        "Fermata <fermata@example.com>",
        "ann@example.com",
        "A subject",
    )
    assert message.get_content().replace("\r\n", "\n") == "Grüße\n\nhttps://x#y\n"


async def test_a_mail_that_cannot_be_sent_is_said_so_without_the_password() -> None:
    async with smtp_server() as (url, _):
        closed = url
    sender = Smtp(closed.replace("//", "//ann:secret@"), "a@example.com")
    with pytest.raises(MailFailed) as failed:
        await sender.send("b@example.com", "A subject", "text")
    assert "secret" not in str(failed.value)


@pytest.mark.parametrize(
    "to",
    [
        "b@example.com\nBcc: c@example.com",
        "b@example.com\r\n\r\nanother text",
        "b@example.com\nRCPT TO:<c@example.com>",
    ],
)
async def test_an_address_with_a_line_of_its_own_is_sent_nothing(to: str) -> None:
    async with smtp_server() as (url, taken):
        sender = Smtp(url, "a@example.com")
        with pytest.raises(MailFailed, match="ValueError"):
            await sender.send(to, "A subject", "text")
        assert taken == []
        await sender.send("b@example.com", "A subject", "text")  # so that it is not the server that took nothing
        assert len(taken) == 1


@pytest.mark.parametrize("url", ["http://x", "smtp://", "mail", "smtp://x?starttls=maybe"])
def test_an_address_of_a_mail_server_has_its_form(url: str) -> None:
    with pytest.raises(ValueError, match="FERMATA_SMTP_URL"):
        Smtp(url, "a@example.com")
