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
    with pytest.raises(MailFailed):
        await Smtp(closed, "a@example.com").send("b@example.com\nBcc: c@example.com", "A subject", "text")


@pytest.mark.parametrize("url", ["http://x", "smtp://", "mail", "smtp://x?starttls=maybe"])
def test_an_address_of_a_mail_server_has_its_form(url: str) -> None:
    with pytest.raises(ValueError, match="FERMATA_SMTP_URL"):
        Smtp(url, "a@example.com")
