"""Verifying ID tokens (OpenID Connect Core 1.0 §3.1.3.7): signature, issuer, audience, time, nonce, strength; RS256, ES256 only."""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

from auth import jws
from auth.errors import ProviderFailed
from auth.oidc_issuer import Jwk

LONGEST = 16 * 1024  # bytes: some issuers list groups
KEY_TYPES = {"RS256": ("RSA", None), "ES256": ("EC", "P-256")}
RSA_CHARACTERS = 342  # a modulus of 2048 bits in base64url


@dataclass(frozen=True, slots=True)
class Identity:
    """Who an issuer says someone is. `email` only where the issuer verified it."""

    provider: str
    issuer: str
    subject: str
    email: str | None
    name: str | None


def key_id(token: str) -> str | None:
    """The key that a token says it is signed with. Raises `ProviderFailed` for what is no ID token."""
    header = _header(token)
    kid = header.get("kid")
    if kid is not None and not isinstance(kid, str):
        raise ProviderFailed(why="the key of the ID token is not named by a text")
    return kid


def verify(token: str, keys: Sequence[Jwk], *, issuer: str, client_id: str, nonce: str | None) -> jws.Claims:
    """The claims of an ID token for `client_id`; with `nonce` None, of one that was handed in. Raises `ProviderFailed`."""
    header = _header(token)
    algorithm, kid = header["alg"], header.get("kid")
    fitting = [key for key in keys if _fits(key, algorithm) and (kid is None or key.get("kid") == kid)]
    if len(fitting) != 1:
        raise ProviderFailed(why="not one of the issuer's keys fits the ID token")
    claims = jws.verified(
        token, fitting[0], algorithm=algorithm, audience=client_id, issuer=issuer, required=(), longest=LONGEST
    )
    if claims is None or not _for_us(claims, client_id) or (jws.integer(claims, "iat") or 0) > time.time() + jws.LEEWAY:
        raise ProviderFailed(why="the ID token is not signed by the issuer for us, or is over")
    if nonce is not None and claims.get("nonce") != nonce:
        raise ProviderFailed(why="the ID token answers another sign-in (nonce)")
    return claims


@dataclass(frozen=True, slots=True)
class Strength:
    """How somebody has to have signed in at the issuer: by one of the classes, by all of the methods, so few seconds ago."""

    classes: Sequence[str] = ()
    methods: Sequence[str] = ()
    seconds: int | None = None

    @property
    def asked(self) -> dict[str, str]:
        """As parameters of the way there (OpenID Connect Core 1.0 §3.1.2.1); for methods there is none."""
        found = {"acr_values": " ".join(self.classes)} if self.classes else {}
        return found if self.seconds is None else found | {"max_age": str(self.seconds)}

    def hold(self, claims: jws.Claims) -> None:
        """Raises `ProviderFailed` where the claims do not say so: an issuer may do less than it was asked for."""
        used = claims.get("amr")
        methods = cast("list[object]", used) if isinstance(used, list) else []
        if self.classes and claims.get("acr") not in self.classes:
            raise ProviderFailed(why="the class of the sign-in (acr) is none that the settings allow")
        if not all(method in methods for method in self.methods):
            raise ProviderFailed(why="the sign-in was not by all the methods (amr) that the settings want")
        if (
            self.seconds is not None
            and (jws.integer(claims, "auth_time") or 0) < time.time() - self.seconds - jws.LEEWAY
        ):
            raise ProviderFailed(why="the sign-in at the provider (auth_time) is longer ago than the settings allow")


def identity(provider: str, claims: jws.Claims, *, trust_email: bool = False) -> Identity:
    """Who it is; some issuers write `email_verified` as a text."""
    verified = trust_email or claims.get("email_verified") in (True, "true")
    return Identity(
        provider=provider,
        issuer=claims["iss"],
        subject=claims["sub"],
        email=jws.string(claims, "email") if verified else None,
        name=jws.string(claims, "name"),
    )


def told(claims: jws.Claims, userinfo: jws.Claims) -> jws.Claims:
    """The claims, with the address and the name that the issuer tells at its userinfo endpoint. Raises `ProviderFailed`."""
    if not userinfo:
        return claims
    if userinfo.get("sub") != claims["sub"]:  # OpenID Connect Core 1.0 §5.3.2: of somebody else
        raise ProviderFailed(why="the userinfo endpoint tells of somebody else")
    names = ("email", "email_verified", "name")
    return {**claims, "email_verified": None, **{name: userinfo[name] for name in names if name in userinfo}}


def _header(token: str) -> jws.Claims:
    found = jws.header(token, longest=LONGEST)
    if found is None or found.get("alg") not in KEY_TYPES or found.get("typ", "JWT") != "JWT":
        raise ProviderFailed(why="the ID token is none, or of another algorithm or type")
    return found


def _fits(key: Jwk, algorithm: str) -> bool:
    kind, curve = KEY_TYPES[algorithm]
    if key.get("kty") != kind or key.get("use", "sig") != "sig" or key.get("alg", algorithm) != algorithm:
        return False
    if curve is not None:
        return key.get("crv") == curve
    modulus = key.get("n")
    return isinstance(modulus, str) and len(modulus) >= RSA_CHARACTERS


def _for_us(claims: jws.Claims, client_id: str) -> bool:
    """Made for us alone, or by us where it is for several (`azp`)."""
    audience, party = claims.get("aud"), claims.get("azp")
    several = isinstance(audience, list) and audience != [client_id]
    return party == client_id if several else party in (None, client_id)
