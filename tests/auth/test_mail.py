"""Mail by a real SMTP server on loopback."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from email import message_from_bytes, policy
from typing import Any

import pytest

from auth.mail import MailFailed, Smtp


@asynccontextmanager
async def smtp_server() -> AsyncGenerator[tuple[str, list[bytes]]]:
    """A mail server of a few lines that takes one message a connection."""
    taken: list[bytes] = []
    serving = set[asyncio.Task[None] | None]()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        serving.add(asyncio.current_task())
        writer.write(b"220 here\r\n")
        while line := await reader.readline():
            word = line.split()[0].upper() if line.split() else b""
            if word == b"DATA":
                writer.write(b"354 go on\r\n")
                taken.append((await reader.readuntil(b"\r\n.\r\n")).removesuffix(b".\r\n"))
            writer.write({b"QUIT": b"221 bye\r\n", b"EHLO": b"250-here\r\n250 8BITMIME\r\n"}.get(word, b"250 yes\r\n"))
        writer.close()
        await writer.wait_closed()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    try:
        yield f"smtp://127.0.0.1:{server.sockets[0].getsockname()[1]}", taken
    finally:
        server.close()
        await server.wait_closed()
        await asyncio.gather(*(task for task in serving if task is not None))


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
