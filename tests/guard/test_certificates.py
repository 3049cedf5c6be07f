"""Whoever we call has to show a certificate that the system trusts: with another one nothing is said to them."""

import asyncio
import ssl
from collections.abc import AsyncGenerator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from ipaddress import IPv4Address
from pathlib import Path
from uuid import UUID

import pytest
import pytest_asyncio
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from auth.errors import ProviderFailed
from auth.keys import Keys
from auth.mail import MailFailed, Smtp
from auth.oidc import Providers
from auth.oidc_file import Provider
from engine.kinds import Context, WorkError
from engine.kinds.context import Facts
from engine.kinds.http import Http
from engine.kinds.journal import Journal
from engine.kinds.reach import Reachable


@dataclass
class Stranger:
    """A server on loopback behind TLS whose certificate nobody has vouched for, and what was said to it."""

    certificate: Path
    port: int = 0
    heard: list[bytes] = field(default_factory=list[bytes])


def self_signed(folder: Path) -> Path:
    """A certificate for 127.0.0.1 and its key, in one file."""
    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.now(UTC)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(IPv4Address("127.0.0.1"))]), critical=False)
        .sign(key, SHA256())
    )
    file = folder / "certificate.pem"
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    file.write_bytes(made.public_bytes(Encoding.PEM) + private)
    return file


@pytest_asyncio.fixture
async def stranger(tmp_path: Path) -> AsyncGenerator[Stranger]:
    found = Stranger(self_signed(tmp_path))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(found.certificate)

    async def hear(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        found.heard.append(await reader.read(100))
        writer.close()

    server = await asyncio.start_server(hear, "127.0.0.1", 0, ssl=context)
    found.port = server.sockets[0].getsockname()[1]
    yield found
    server.close()
    await server.wait_closed()


async def test_a_provider_with_a_certificate_that_nobody_vouches_for_is_not_asked(
    stranger: Stranger,
) -> None:
    provider = Provider(
        name="x", label="X", issuer=f"https://127.0.0.1:{stranger.port}", client_id="us", client_secret="s"
    )
    providers = Providers([provider], Keys(b"k" * 32), "https://fermata.example", timeout=60)
    with pytest.raises(ProviderFailed):
        await providers.begin("x")
    await providers.close()
    await is_only_not_trusted(stranger)


async def test_a_call_to_a_host_with_such_a_certificate_is_not_made(stranger: Stranger) -> None:
    call = Http(Reachable.of([], ["127.0.0.0/8"]), None, tries=1, seconds=60, longest=1000)
    asked = {"url": f"https://127.0.0.1:{stranger.port}/", "body": "a secret"}
    with pytest.raises(WorkError, match="CERTIFICATE_VERIFY_FAILED"):
        await call.run(Context(Facts(UUID(int=1), 1, asked, "task:1"), Journal()))
    await is_only_not_trusted(stranger)


async def test_no_mail_goes_to_a_server_with_such_a_certificate(stranger: Stranger) -> None:
    with pytest.raises(MailFailed):
        await Smtp(f"smtps://ann:secret@127.0.0.1:{stranger.port}", "a@example.com").send("b@example.com", "A", "text")
    await is_only_not_trusted(stranger)


async def is_only_not_trusted(stranger: Stranger) -> None:
    """Nothing was said to it; to who trusts it, it is a server like any other."""
    assert stranger.heard == []
    trusting = ssl.create_default_context(cafile=str(stranger.certificate))
    _, writer = await asyncio.open_connection("127.0.0.1", stranger.port, ssl=trusting)
    writer.write(b"good day")
    await writer.drain()
    async with asyncio.timeout(60):
        while not stranger.heard:
            await asyncio.sleep(0)
    writer.close()
    assert stranger.heard == [b"good day"]
