"""What an issuer publishes: its addresses (OpenID Connect Discovery 1.0) and its keys, kept and fetched anew when due."""

import asyncio
import json
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias, cast

import httpx2

from auth.errors import ProviderFailed
from auth.oidc_file import secure

KEEP = 3600.0  # seconds
AGAIN = 60.0  # seconds: an unknown key id makes us look again at most so often
LONGEST = 512 * 1024  # bytes of an answer
WELL_KNOWN = "/.well-known/openid-configuration"
Jwk: TypeAlias = Mapping[str, Any]  # a key as JSON; auth/id_tokens.py checks what it uses


@dataclass(frozen=True, slots=True)
class Metadata:
    """Where an issuer does what."""

    jwks_uri: str
    authorization_endpoint: str | None
    token_endpoint: str | None
    userinfo_endpoint: str | None
    basic: bool  # whether clients may show their secret by HTTP Basic


class Issuer:
    """One issuer. Concurrent questions share one request; what was fetched before serves on while it cannot be reached."""

    def __init__(self, issuer: str, http: httpx2.AsyncClient) -> None:
        self.issuer = issuer
        self._http = http
        self._lock = asyncio.Lock()
        self._metadata: tuple[float, Metadata] | None = None
        self._keys: tuple[float, Sequence[Jwk]] | None = None

    async def metadata(self) -> Metadata:
        """Where the issuer does what. Raises `ProviderFailed`."""
        async with self._lock:
            if self._metadata is None or _age(self._metadata[0]) > KEEP:
                try:
                    self._metadata = (
                        time.monotonic(),
                        self._checked(await self._get(self.issuer.rstrip("/") + WELL_KNOWN)),
                    )
                except ProviderFailed:
                    if self._metadata is None:
                        raise
            return self._metadata[1]

    async def keys(self, kid: str | None) -> Sequence[Jwk]:
        """The issuer's keys; fetched anew when they are old, or `kid` is none of them. Raises `ProviderFailed`."""
        address = (await self.metadata()).jwks_uri
        async with self._lock:
            if self._keys is None or _age(self._keys[0]) > self._good_for(self._keys[1], kid):
                try:
                    self._keys = (time.monotonic(), _keys(await self._get(address)))
                except ProviderFailed:
                    if self._keys is None:
                        raise
                    self._keys = (time.monotonic() - KEEP + AGAIN, self._keys[1])  # try again in a minute
            return self._keys[1]

    async def userinfo(self, access_token: str) -> Mapping[str, Any]:
        """What the issuer tells of a person to who holds their access token; nothing, where it tells nothing.

        Raises `ProviderFailed`.
        """
        address = (await self.metadata()).userinfo_endpoint
        return await self._get(address, {"Authorization": f"Bearer {access_token}"}) if address else {}

    def _good_for(self, keys: Sequence[Jwk], kid: str | None) -> float:
        known = kid is None or any(key.get("kid") == kid for key in keys)
        return KEEP if known else AGAIN

    def _checked(self, found: Mapping[str, Any]) -> Metadata:
        if found.get("issuer") != self.issuer:
            raise ProviderFailed(
                "The identity provider calls itself by another name than its settings here say.", why="its name"
            )
        names = ("jwks_uri", "authorization_endpoint", "token_endpoint", "userinfo_endpoint")
        keys, leave, token, userinfo = (_address(found, name) for name in names)
        if keys is None:
            raise ProviderFailed(why="its metadata names no keys")
        methods = found.get("token_endpoint_auth_methods_supported", ["client_secret_basic"])
        return Metadata(keys, leave, token, userinfo, basic="client_secret_basic" in methods)

    async def _get(self, address: str, headers: Mapping[str, str] | None = None) -> Mapping[str, Any]:
        given = {"Accept": "application/json", **(headers or {})}
        try:
            async with self._http.stream("GET", address, headers=given) as response:
                response.raise_for_status()
                body = b""
                async for part in response.aiter_bytes():
                    body += part
                    if len(body) > LONGEST:
                        raise ProviderFailed(why=f"it answered with more than {LONGEST} bytes")
            found = json.loads(body)
        except (httpx2.HTTPError, httpx2.InvalidURL, ValueError, RecursionError) as error:
            raise ProviderFailed(why=f"it could not be asked: {type(error).__name__}") from error
        if not isinstance(found, dict):
            raise ProviderFailed(why="it answered with no object of JSON")
        return cast("Mapping[str, Any]", found)


def _keys(found: Mapping[str, Any]) -> Sequence[Jwk]:
    keys = found.get("keys")
    if not isinstance(keys, list):
        raise ProviderFailed(why="its keys are no list")
    return [cast("Jwk", key) for key in cast("list[object]", keys) if isinstance(key, dict)]


def _address(found: Mapping[str, Any], name: str) -> str | None:
    address = found.get(name)
    if address is not None and not (isinstance(address, str) and secure(address)):
        raise ProviderFailed(why=f"its {name} is no address over TLS")
    return address


def _age(then: float) -> float:
    return time.monotonic() - then
