"""Signing in with an identity provider: by the code flow with PKCE, state and nonce, or with an ID token that is handed in.

Nothing is kept between leaving and coming back: the browser carries it, sealed. server/ makes the routes
`/auth/{provider}/start` and `/auth/{provider}/callback` of `begin` and `finish`.
"""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import httpx2
from authlib.common.errors import AuthlibBaseError
from authlib.integrations.httpx_client import AsyncOAuth2Client

from auth import id_tokens, oidc_file
from auth.errors import DomainRefused, ProviderFailed, SignInDeclined, SignInStale, UnknownProvider
from auth.failures import said
from auth.id_tokens import Identity
from auth.keys import Keys, same
from auth.oidc_file import Flow, Provider
from auth.oidc_issuer import Issuer, Metadata
from auth.sealed import seal, unseal

COOKIE = "fermata-sign-in"  # server/openid.py says with which attributes, and `__Host-` in front of it behind https
HOME = "/"
SECONDS = 600  # to come back within
TIMEOUT = 10.0  # seconds, of each request to a provider


@dataclass(frozen=True, slots=True)
class Option:
    """What the sign-in page offers; without `sign_in_url` the site hands in an ID token."""

    name: str
    label: str
    sign_in_url: str | None


@dataclass(frozen=True, slots=True)
class Started:
    """Where the browser goes, and what it carries in the cookie `COOKIE` meanwhile."""

    url: str
    cookie: str


@dataclass(frozen=True, slots=True)
class Finished:
    """Who came back, and which page they wanted."""

    identity: Identity
    return_to: str


class Providers:
    """The identity providers of an installation."""

    def __init__(self, providers: Sequence[Provider], keys: Keys, public_url: str, *, timeout: float = TIMEOUT) -> None:
        self._providers = {provider.name: provider for provider in providers}
        self._key = keys.sign_in_state
        self._public_url = public_url.rstrip("/")
        self._timeout = timeout
        self._http = httpx2.AsyncClient(timeout=timeout, follow_redirects=False)
        self._issuers = {provider.name: Issuer(provider.issuer, self._http) for provider in providers}

    @classmethod
    def load(cls, path: Path | None, keys: Keys, public_url: str) -> "Providers":
        """Those of a TOML file; without one there are none. Raises `OidcFileError`."""
        return cls(oidc_file.read(path) if path else [], keys, public_url)

    @property
    def options(self) -> list[Option]:
        """What the sign-in page offers."""
        return [
            Option(name, one.label, self._route(name, "start") if one.flow is Flow.CODE else None)
            for name, one in self._providers.items()
        ]

    async def begin(self, name: str, return_to: str | None = None) -> Started:
        """Leave for a provider. Raises `UnknownProvider`, `ProviderFailed`."""
        provider = self._find(name, Flow.CODE)
        metadata = await self._issuers[name].metadata()
        if metadata.authorization_endpoint is None or metadata.token_endpoint is None:
            raise ProviderFailed(why="its metadata names no place to leave for, or none to exchange the code at")
        state, nonce, verifier = (secrets.token_urlsafe(32) for _ in range(3))
        async with self._client(provider, metadata) as client:
            url, _ = client.create_authorization_url(
                metadata.authorization_endpoint,
                state=state,
                nonce=nonce,
                code_verifier=verifier,
                **_strength(provider).asked,
            )
        carried = {"state": state, "nonce": nonce, "verifier": verifier, "return_to": page(return_to)}
        return Started(url, seal(self._key, name, carried, seconds=SECONDS))

    async def finish(
        self,
        name: str,
        *,
        cookie: str | None,
        code: str | None,
        state: str | None,
        issuer: str | None = None,
        error: str | None = None,
    ) -> Finished:
        """Come back from a provider with what it put into the address. Raises `UnknownProvider`, `ProviderFailed`."""
        provider = self._find(name, Flow.CODE)
        carried = unseal(self._key, name, cookie) if cookie else None
        if carried is None or not state or not same(state, carried["state"]):
            raise SignInStale(why="the state is not the one that this browser left with, or is over")
        if issuer is not None and issuer != provider.issuer:  # RFC 9207
            raise ProviderFailed(why="the answer names another issuer (RFC 9207)")
        if error is not None or not code:
            raise SignInDeclined(why=f"the provider said {said(error)}" if error else "there was no code")
        token, access = await self._exchange(provider, code, carried["verifier"])
        return Finished(await self._identity(provider, token, carried["nonce"], access), carried["return_to"])

    async def verify_id_token(self, name: str, token: str) -> Identity:
        """Who an ID token speaks for that a client hands in. Raises `UnknownProvider`, `ProviderFailed`."""
        return await self._identity(self._find(name), token, None)

    def issuer_of(self, name: str) -> str | None:
        """The issuer of a provider's settings; None where there is no such provider."""
        found = self._providers.get(name)
        return found.issuer if found else None

    def wanted(self, name: str, cookie: str | None) -> str:
        """The page that a browser wanted when it left, as far as what it carries still tells."""
        carried = unseal(self._key, name, cookie) if cookie else None
        return carried["return_to"] if carried else HOME

    async def close(self) -> None:
        """Close the connections to providers."""
        await self._http.aclose()

    def _find(self, name: str, flow: Flow | None = None) -> Provider:
        found = self._providers.get(name)
        if found is None or (flow is not None and found.flow is not flow):
            raise UnknownProvider
        return found

    async def _exchange(self, provider: Provider, code: str, verifier: str) -> tuple[str, str | None]:
        """The ID token and the access token for a code."""
        metadata = await self._issuers[provider.name].metadata()
        try:
            async with self._client(provider, metadata) as client:
                answer = await client.fetch_token(metadata.token_endpoint, code=code, code_verifier=verifier)
        except (httpx2.HTTPError, AuthlibBaseError, ValueError, OSError) as error:
            raise ProviderFailed(why=f"the code was not exchanged: {_words(error)}") from error
        token, access = answer.get("id_token"), answer.get("access_token")
        if not isinstance(token, str):
            raise ProviderFailed(why="there was no ID token for the code")
        return token, access if isinstance(access, str) else None

    async def _identity(self, provider: Provider, token: str, nonce: str | None, access: str | None = None) -> Identity:
        issuer = self._issuers[provider.name]
        keys = await issuer.keys(id_tokens.key_id(token))
        claims = id_tokens.verify(token, keys, issuer=provider.issuer, client_id=provider.client_id, nonce=nonce)
        _strength(provider).hold(claims)
        if access is not None and "email" not in claims:  # with a code, this is where it belongs: OpenID Core §5.4
            claims = id_tokens.told(claims, await issuer.userinfo(access))
        found = id_tokens.identity(provider.name, claims, trust_email=provider.trust_email)
        if provider.domains and (found.email or "").rpartition("@")[2].lower() not in provider.domains:
            raise DomainRefused(why="the address is of no domain that the settings allow")
        return found

    def _client(self, provider: Provider, metadata: Metadata) -> Any:  # authlib has no types
        secret = provider.secret()
        return cast("Any", AsyncOAuth2Client)(
            client_id=provider.client_id,
            client_secret=secret,
            token_endpoint_auth_method=None if metadata.basic or not secret else "client_secret_post",
            scope=" ".join(provider.scopes),
            redirect_uri=self._route(provider.name, "callback"),
            code_challenge_method="S256",
            timeout=self._timeout,
            follow_redirects=False,
        )

    def _route(self, name: str, end: str) -> str:
        return f"{self._public_url}/auth/{name}/{end}"


def _strength(provider: Provider) -> id_tokens.Strength:
    return id_tokens.Strength(provider.acr, provider.amr, provider.max_age)


def _words(error: Exception) -> str:
    """What went wrong with a request to a provider, without what was sent or came back."""
    code = getattr(error, "error", None)
    return f"{type(error).__name__}, {said(code)}" if code else type(error).__name__


def page(address: str | None) -> str:
    """A page of this site, and of no other: what a link wants to go back to after signing in."""
    plain = address is not None and address.isprintable() and "\\" not in address
    path = (address or "").partition("?")[0].partition("#")[0]  # "/.//x" is read as "//x", another site, by some
    return address if address and plain and address.startswith("/") and "//" not in path else HOME
