"""Who an identity provider says somebody is: one person per issuer and subject, by its signature alone, and nothing kept."""

import base64
import hashlib
import hmac
import json
import time
from dataclasses import replace
from typing import Any

import pytest
from fixtures.issuer import CLIENT_ID, StrictIssuer, strict_issuer
from fixtures.people import CLIENT, authenticate, who
from jose import jwk
from sqlalchemy import text

from auth.accounts import Accounts
from auth.errors import ProviderFailed, Unauthenticated
from auth.id_tokens import Identity
from auth.keys import Keys
from auth.oidc import Providers
from models.database import Database

ANN = Identity("google", "https://accounts.example", "subject-1", "ann@example.com", "Ann")


async def test_the_same_subject_of_another_issuer_is_another_person(accounts: Accounts) -> None:
    ann = await accounts.sign_in_as(CLIENT, ANN)
    other = replace(ANN, provider="other", issuer="https://other.example", email="eve@example.com")
    eve = await accounts.sign_in_as(CLIENT, other)
    assert eve.user.id != ann.user.id
    again = await accounts.sign_in_as(CLIENT, replace(ANN, email="another@example.com"))
    assert again.user.id == ann.user.id, "once known, the subject counts and not the address"
    for stranger in (
        replace(other, email=None, issuer="https://third.example"),
        replace(ANN, email=None, subject="subject-2"),
    ):
        with pytest.raises(ProviderFailed):
            await accounts.sign_in_as(CLIENT, stranger)
    assert len(await accounts.sessions_of(who(eve))) == 1


def encoded(part: bytes) -> str:
    return base64.urlsafe_b64encode(part).rstrip(b"=").decode()


def by_hand(issuer: StrictIssuer, header: dict[str, Any], key: bytes | None) -> str:
    """An ID token that says of itself what `header` says, signed by HMAC with `key`, or not at all."""
    now = int(time.time())
    claims = {"iss": issuer.address, "aud": CLIENT_ID, "sub": "subject-1", "iat": now, "exp": now + 300}
    signed = f"{encoded(json.dumps(header).encode())}.{encoded(json.dumps(claims).encode())}"
    return f"{signed}.{encoded(hmac.digest(key, signed.encode(), 'sha256')) if key is not None else ''}"


@pytest.mark.parametrize("kid", [{}, {"kid": "one"}], ids=["no kid", "kid"])
@pytest.mark.parametrize("algorithm", ["none", "None", "", "HS256", "RS256"])
async def test_an_id_token_without_the_issuers_signature_is_refused_whatever_it_calls_itself(
    providers: Providers, issuer: StrictIssuer, algorithm: str, kid: dict[str, str]
) -> None:
    public = jwk.construct(issuer.keys[0].pem, "RS256").public_key().to_pem()
    header = {"alg": algorithm, "typ": "JWT", **kid}
    for key in (None, b"", public, json.dumps(issuer.keys[0].public).encode()):
        with pytest.raises(ProviderFailed):
            await providers.verify_id_token("strict", by_hand(issuer, header, key))
    body = issuer.token().split(".")
    forged = [body[0], encoded(json.dumps({"iss": issuer.address, "sub": "root"}).encode()), body[2]]
    with pytest.raises(ProviderFailed):
        await providers.verify_id_token("strict", ".".join(forged))
    assert await providers.verify_id_token("strict", issuer.token())


async def test_an_access_token_of_ours_is_no_id_token_and_an_id_token_no_access_token(
    providers: Providers, issuer: StrictIssuer, accounts: Accounts, db: Database, keys: Keys
) -> None:
    ann = await accounts.sign_in_as(CLIENT, ANN)
    with pytest.raises(ProviderFailed):
        await providers.verify_id_token("strict", ann.access.text)
    with pytest.raises(Unauthenticated):
        await authenticate(db, keys, f"Bearer {issuer.token()}")


@pytest.mark.parametrize("where", ["/.well-known/openid-configuration", "/jwks_uri"])
async def test_a_provider_that_sends_us_elsewhere_is_not_followed(
    providers: Providers, issuer: StrictIssuer, where: str
) -> None:
    with strict_issuer() as other:
        issuer.redirects = {where: other.address + where}
        with pytest.raises(ProviderFailed):
            await providers.verify_id_token("strict", issuer.token())
        assert (issuer.asked[-1], other.asked) == (where, [])


async def test_what_a_provider_gives_us_is_kept_nowhere(
    providers: Providers, issuer: StrictIssuer, accounts: Accounts, db: Database
) -> None:
    started = await providers.begin("strict")
    answer = issuer.let_in(started.url)
    done = await providers.finish("strict", cookie=started.cookie, code=answer["code"], state=answer["state"])
    assert sorted(done.identity.__slots__) == ["email", "issuer", "name", "provider", "subject"]
    await accounts.sign_in_as(CLIENT, done.identity)
    async with db.one() as connection:
        tables = [
            row[0]
            for row in await connection.execute(text("select tablename from pg_tables where schemaname = 'public'"))
        ]
        whole = [
            str((await connection.execute(text(f"select cast(t as text) from {table} t"))).all()) for table in tables
        ]
    kept = "".join(whole)
    assert "subject-1" in kept
    for secret in (answer["code"], answer["state"], hashlib.sha256(answer["code"].encode()).hexdigest(), "eyJ"):
        assert secret not in kept
