"""Sending e-mail by SMTP, where the one who runs Fermata has set it up; without it no mail, and nothing secret is logged."""

from email.message import EmailMessage
from email.policy import SMTP
from typing import Protocol
from urllib.parse import parse_qs, unquote, urlsplit

import aiosmtplib

TIMEOUT = 15.0  # seconds


class Mail(Protocol):
    """What sends a plain text to one address. Raises `MailFailed`."""

    async def send(self, to: str, subject: str, text: str) -> None:
        """Send it, or raise `MailFailed`."""
        ...


class MailFailed(Exception):
    """The mail server did not take the message: look at FERMATA_SMTP_URL and at the mail server's log."""


class Smtp:
    """A mail server: `smtps://user:password@host:465`, or `smtp://…:587` with STARTTLS wherever it is offered.

    `smtp://…?starttls=always` refuses to send unencrypted. Raises ValueError for another form of address.
    """

    def __init__(self, url: str, sender: str) -> None:
        parts = urlsplit(url)
        if parts.scheme not in ("smtp", "smtps") or not parts.hostname:
            raise ValueError("FERMATA_SMTP_URL is smtp://[user:password@]host[:port] or smtps://…")
        wanted = parse_qs(parts.query).get("starttls", ["offered"])[-1]
        if wanted not in ("offered", "always", "never"):
            raise ValueError("starttls in FERMATA_SMTP_URL is offered, always or never")
        self._tls = parts.scheme == "smtps"
        self._start_tls = {"offered": None, "always": True, "never": False}[wanted]
        self._host, self._port = parts.hostname, parts.port or (465 if self._tls else 587)
        self._user = unquote(parts.username) if parts.username else None
        self._password = unquote(parts.password) if parts.password else None
        self._sender = sender

    async def send(self, to: str, subject: str, text: str) -> None:
        """Send one message to one address."""
        try:
            message = EmailMessage(policy=SMTP)
            message["From"], message["To"], message["Subject"] = self._sender, to, subject
            message["Auto-Submitted"] = "auto-generated"  # RFC 3834: no out-of-office answers
            message.set_content(text)
            await aiosmtplib.send(
                message,
                hostname=self._host,
                port=self._port,
                username=self._user,
                password=self._password,
                use_tls=self._tls,
                start_tls=None if self._tls else self._start_tls,
                timeout=TIMEOUT,
            )
        except (aiosmtplib.SMTPException, OSError, ValueError) as error:
            raise MailFailed(f"{MailFailed.__doc__} ({type(error).__name__})") from error
