"""Whatever must not be guessed: 256 bits of the operating system, another one each time, and stored as a hash or not at all."""

import secrets
from urllib.parse import parse_qs, urlsplit

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from fixtures.issuer import CLIENT_ID, strict_issuer
from fixtures.people import CLIENT, SignUp, Team, who
from sqlalchemy import text

from auth import sealed
from auth.accounts import Accounts
from auth.keys import Keys, fingerprint, new_token
from auth.memberships import Workspaces
from auth.oidc import Providers
from auth.oidc_file import Provider
from auth.sealed import seal
from models.database import Database
from models.role import Role

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
BITS = 256


def bits(secret: str) -> int:
    """How much a secret of these letters can hold; uuids and words hold less in as many characters."""
    assert set(secret) <= set(LETTERS)
    return len(secret) * 6


async def handed_out(team: Team, accounts: Accounts, workspaces: Workspaces) -> dict[str, str]:
    """One secret of each kind that is given to somebody."""
    admin = team.authority("admin")
    session = await accounts.sign_in(CLIENT, email="admin@example.com", password="violet anchor seventeen")
    following = await accounts.refresh(CLIENT, session.refresh_token)
    return {
        "refresh token": session.refresh_token,
        "its successor": following.refresh_token,
        "API token": (await workspaces.create_token(admin, team.id, "x", Role.VIEWER)).secret.removeprefix("fmt_"),
        "invitation": (await workspaces.invite(admin, team.id, Role.VIEWER)).token,
        "reset link": (await accounts.reset_link_for(CLIENT, "viewer@example.com")).partition("#")[2],
    }


async def test_every_secret_that_is_handed_out_holds_256_bits_and_is_another_each_time(
    team: Team, accounts: Accounts, workspaces: Workspaces
) -> None:
    first, second = [await handed_out(team, accounts, workspaces) for _ in range(2)]
    assert {name: bits(secret) >= BITS for name, secret in (first | second).items()} == dict.fromkeys(first, True)
    assert len({*first.values(), *second.values()}) == 2 * len(first)


async def test_what_is_stored_of_them_is_a_sha_256_and_nothing_else(
    team: Team, accounts: Accounts, workspaces: Workspaces, db: Database
) -> None:
    given = await handed_out(team, accounts, workspaces)
    stored = """select token_hash from refresh_tokens union select token_hash from invitations
        union select token_hash from password_resets union select secret_hash from api_tokens"""
    async with db.one() as connection:
        hashes = {bytes(row[0]) for row in await connection.execute(text(stored))}
    whole = [f"fmt_{secret}" if name == "API token" else secret for name, secret in given.items()]
    assert {fingerprint(secret) for secret in whole} <= hashes
    assert {len(one) for one in hashes} == {32}
    assert fingerprint("abc").hex() == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"  # FIPS 180-4


def test_they_come_from_the_operating_system(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []
    monkeypatch.setattr(secrets, "token_urlsafe", lambda size: asked.append(size) or "x" * 43)
    assert (new_token("fmt_"), asked) == ("fmt_" + "x" * 43, [32])


async def test_state_nonce_and_verifier_of_a_sign_in_hold_256_bits_and_serve_once(keys: Keys) -> None:
    seen: list[str] = []
    with strict_issuer() as issuer:
        provider = Provider(name="x", label="X", issuer=issuer.address, client_id=CLIENT_ID, client_secret="s")
        providers = Providers([provider], keys, "https://fermata.example", timeout=60)
        for _ in range(2):
            started = await providers.begin("x")
            asked = parse_qs(urlsplit(started.url).query)
            carried = sealed.unseal(keys.sign_in_state, "x", started.cookie)
            assert carried is not None
            assert (asked["state"], asked["nonce"]) == ([carried["state"]], [carried["nonce"]])
            seen += [carried["state"], carried["nonce"], carried["verifier"]]
        await providers.close()
    assert [bits(one) >= BITS for one in seen] == [True] * 6
    assert len(set(seen)) == 6


def test_what_a_browser_carries_is_aes_256_gcm_bound_to_its_purpose_and_any_changed_bit_shows(keys: Keys) -> None:
    key = keys.sign_in_state
    written = seal(key, "google", {"state": "s"}, seconds=60)
    raw = bytearray(sealed.urlsafe_b64decode(written + "=" * (-len(written) % 4)))
    assert b'"state"' in AESGCM(key).decrypt(bytes(raw[:12]), bytes(raw[12:]), b"google")
    assert len(key) * 8 == 256
    for place in range(len(raw)):
        raw[place] ^= 1
        changed = sealed.urlsafe_b64encode(raw).rstrip(b"=").decode()
        assert sealed.unseal(key, "google", changed) is None
        raw[place] ^= 1
    assert seal(key, "google", {"state": "s"}, seconds=60)[:16] != written[:16], "a nonce serves once"


async def test_what_a_sign_in_gives_is_of_that_session_alone(sign_up: SignUp, accounts: Accounts) -> None:
    ann = await sign_up("ann")
    again = await accounts.sign_in(CLIENT, email="ann@example.com", password="violet anchor seventeen")
    assert who(ann) != who(again)
    assert len({ann.refresh_token, again.refresh_token, ann.access.text, again.access.text}) == 4
