"""Access tokens: ours are read, and nothing else is, however it was made (the shapes of Wycheproof's JWS vectors)."""

import base64
import hashlib
import hmac
import json
import time
from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auth import jws, tokens
from auth.keys import Keys
from auth.tokens import Identified, issue, read

KEYS = Keys(b"k" * 32)
USER, SESSION = UUID("0198c0de-0000-7000-8000-000000000001"), UUID("0198c0de-0000-7000-8000-000000000002")
HEADER = {"alg": "HS256", "typ": "at+jwt"}


def encoded(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def claims(**changed: Any) -> dict[str, Any]:
    now = int(time.time())
    whole = {
        "iss": "fermata",
        "aud": "fermata",
        "sub": str(USER),
        "sid": str(SESSION),
        "jti": "j",
        "iat": now,
        "exp": now + 300,
    }
    return {name: value for name, value in (whole | changed).items() if value is not None}


def signed(header: Any, body: Any, key: bytes = KEYS.jwt, digest: Callable[..., Any] = hashlib.sha256) -> str:
    """A token signed by hand: with what no library would let through."""
    parts = [part if isinstance(part, bytes) else json.dumps(part).encode() for part in (header, body)]
    text = ".".join(encoded(part) for part in parts)
    return f"{text}.{encoded(hmac.new(key, text.encode(), digest).digest())}"


def test_a_token_says_who_and_which_session_for_ten_minutes() -> None:
    made = issue(KEYS, USER, SESSION)
    assert read(KEYS, made.text) == Identified(USER, SESSION)
    assert 590 < made.expires_at.timestamp() - time.time() <= 600
    header, body, _ = made.text.split(".")
    assert json.loads(base64.urlsafe_b64decode(header + "==")) == HEADER
    assert set(json.loads(base64.urlsafe_b64decode(body + "=="))) == {"iss", "aud", "sub", "sid", "jti", "iat", "exp"}


def test_a_token_that_is_made_by_hand_as_we_make_them_is_read() -> None:
    assert read(KEYS, signed(HEADER, claims())) == Identified(USER, SESSION)


def test_a_token_of_another_installation_is_no_credential() -> None:
    assert read(Keys(b"x" * 32), issue(KEYS, USER, SESSION).text) is None


CLAIMS: dict[str, dict[str, Any]] = {
    "over": {"exp": 1_000_000_000, "iat": 999_999_900},
    "no exp": {"exp": None},
    "exp as text": {"exp": "9999999999"},
    "exp as a fraction": {"exp": time.time() + 100.5},
    "exp as a truth value": {"exp": True},
    "exp without end": {"exp": 10**30},
    "exp beyond what we give": {"exp": int(time.time()) + 86_400},
    "exp before iat": {"exp": int(time.time()) + 5, "iat": int(time.time()) + 6},
    "no iat": {"iat": None},
    "no aud": {"aud": None},
    "another aud": {"aud": "another"},
    "several aud": {"aud": ["fermata", "another"]},
    "an aud in a list": {"aud": ["fermata"]},
    "no iss": {"iss": None},
    "another iss": {"iss": "another"},
    "no sub": {"sub": None},
    "a sub that is no id": {"sub": "admin"},
    "a sub in another form": {"sub": USER.hex},
    "a sub in capitals": {"sub": str(uuid4()).upper().replace("0", "A")},
    "no sid": {"sid": None},
    "a sid that is a list": {"sid": [str(SESSION)]},
    "no jti": {"jti": None},
    "not yet": {"nbf": 9_999_999_999},
}


@pytest.mark.parametrize("changed", CLAIMS.values(), ids=CLAIMS.keys())
def test_a_claim_that_is_missing_or_wrong_is_no_credential(changed: dict[str, Any]) -> None:
    assert read(KEYS, signed(HEADER, claims(**changed))) is None


HEADERS: dict[str, Any] = {
    "alg none": HEADER | {"alg": "none"},
    "alg None": HEADER | {"alg": "None"},
    "alg empty": HEADER | {"alg": ""},
    "alg HS512": HEADER | {"alg": "HS512"},
    "alg RS256": HEADER | {"alg": "RS256"},
    "alg in small letters": HEADER | {"alg": "hs256"},
    "alg a list": HEADER | {"alg": ["HS256"]},
    "no alg": {"typ": "at+jwt"},
    "no typ": {"alg": "HS256"},
    "typ JWT": HEADER | {"typ": "JWT"},
    "typ in capitals": HEADER | {"typ": "AT+JWT"},
    "crit": HEADER | {"crit": ["exp"]},
    "crit of something unknown": HEADER | {"crit": ["x"], "x": 1},
    "jku": HEADER | {"jku": "https://evil.example/keys"},
    "jwk": HEADER | {"jwk": {"kty": "oct", "k": "AA"}},
    "x5u": HEADER | {"x5u": "https://evil.example"},
    "x5c": HEADER | {"x5c": ["AA"]},
    "b64": HEADER | {"b64": False},
    "kid": HEADER | {"kid": "../../etc/passwd"},
    "zip": HEADER | {"zip": "DEF"},
    "a list": [HEADER],
    "a text": "HS256",
    "nothing": None,
    "no JSON": b"{alg",
    "no UTF-8": b"\xff\xfe",
    "a name that stands twice": b'{"alg":"none","alg":"HS256","typ":"at+jwt"}',
    "very deep": b"[" * 1500 + b"]" * 1500,
}


@pytest.mark.parametrize("header", HEADERS.values(), ids=HEADERS.keys())
def test_a_header_that_is_not_ours_is_no_credential(header: Any) -> None:
    assert read(KEYS, signed(header, claims())) is None


@pytest.mark.parametrize("body", [b"", b"null", b"[]", b"7", b'"x"', b"\xff", b"[" * 1500, b'{"exp":NaN}'])
def test_a_body_that_is_no_object_is_no_credential(body: bytes) -> None:
    assert read(KEYS, signed(HEADER, body)) is None


def variants() -> dict[str, str]:
    """Another spelling of a good token: each would be read by a lenient reader."""
    good = signed(HEADER, claims())
    header, body, signature = good.split(".")
    last = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    return {
        "padding": f"{header}=.{body}.{signature}=",
        "stray bits": f"{header}.{body}.{signature[:-1]}{last[last.index(signature[-1]) ^ 1]}",
        "the other alphabet": f"{header}.{body}.{signature}".replace("-", "+").replace("_", "/") + "+",
        "a line break": f"{header}.{body}.\n{signature}",
        "white space": f" {good}",
        "no signature": f"{header}.{body}.",
        "two parts": f"{header}.{body}",
        "four parts": f"{good}.{signature}",
        "five parts": f"{header}..{body}..{signature}",
        "a signature of another digest": signed(HEADER, claims(), digest=hashlib.sha512),
        "a signature by an empty key": signed(HEADER, claims(), key=b""),
        "a signature that is cut": f"{header}.{body}.{signature[:-8]}",
        "a body of another token": f"{header}.{signed(HEADER, claims(sub=str(uuid4()))).split('.')[1]}.{signature}",
        "too large": signed(HEADER, claims(more="x" * jws.MAX_BYTES)),
        "not ASCII": f"{header}.{body}é.{signature}",
        "empty": "",
        "dots": "..",
        "JSON": json.dumps({"payload": body, "protected": header, "signature": signature}),
    }


@pytest.mark.parametrize("name", list(variants()))
def test_another_spelling_of_a_token_is_no_credential(name: str) -> None:
    assert read(KEYS, variants()[name]) is None


@given(st.text() | st.binary().map(lambda raw: f"{encoded(raw)}.{encoded(raw)}.{encoded(raw)}"))
def test_whatever_is_no_token_is_no_credential_and_no_error(text: str) -> None:
    assert read(KEYS, text) is None


@given(st.data())
def test_a_token_with_one_character_changed_is_no_credential(data: st.DataObject) -> None:
    good = tokens.issue(KEYS, USER, SESSION).text
    place = data.draw(st.integers(0, len(good) - 1))
    other = data.draw(st.characters(codec="ascii").filter(lambda character: character != good[place]))
    assert read(KEYS, good[:place] + other + good[place + 1 :]) is None
