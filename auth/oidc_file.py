"""The identity providers of an installation, as a TOML file names them (docs/sign-in.md)."""

import tomllib
from enum import StrEnum
from pathlib import Path
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
_NAME = r"^[a-z0-9](?:[a-z0-9-]{0,28}[a-z0-9])?$"


class OidcFileError(Exception):
    """The file of identity providers cannot be used; the message says where and why."""


class Flow(StrEnum):
    """How people come back: with a code that the server exchanges, or with an ID token that the site hands in."""

    CODE = "code"
    ID_TOKEN = "id_token"  # noqa: S105 - a name


class Provider(BaseModel):
    """One table of the file."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)

    name: str = Field(pattern=_NAME)
    label: str = Field(min_length=1, max_length=60)
    issuer: str
    client_id: str = Field(min_length=1)
    client_secret: str | None = Field(default=None, repr=False)
    client_secret_file: Path | None = None
    flow: Flow = Flow.CODE
    scopes: tuple[str, ...] = ("openid", "email", "profile")
    domains: tuple[str, ...] = ()  # of e-mail addresses that may sign in; none named: all
    trust_email: bool = False  # the issuer only has addresses that it verified, and does not say so

    acr: tuple[
        str, ...
    ] = ()  # classes of a sign-in (OpenID Connect Core 1.0 §2), of which it has to be one; none named: any
    amr: tuple[str, ...] = ()  # methods of a sign-in (RFC 8176), each of which has to be among those that were used
    max_age: int | None = Field(default=None, ge=0)  # seconds since somebody signed in at the provider

    @field_validator("issuer")
    @classmethod
    def _is_issuer(cls, value: str) -> str:
        parts = urlsplit(value)
        if not secure(value) or parts.query or parts.fragment:
            raise ValueError("an issuer is an https:// address (http:// on loopback only) without query and fragment")
        return value

    @field_validator("scopes")
    @classmethod
    def _are_scopes(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        if "openid" not in value:
            raise ValueError('the scopes hold "openid"')
        return value

    @model_validator(mode="after")
    def _one_secret(self) -> "Provider":
        if self.client_secret and self.client_secret_file:
            raise ValueError("client_secret and client_secret_file: give one of them")
        return self

    def secret(self) -> str | None:
        """The client's secret; None for a public client, which PKCE alone guards. Raises OSError."""
        if self.client_secret_file:
            return self.client_secret_file.read_text().strip()
        return self.client_secret


def secure(address: str) -> bool:
    """Whether an address is https, or http on this very machine."""
    parts = urlsplit(address)
    return bool(parts.hostname) and (parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOOPBACK))


def read(path: Path) -> list[Provider]:
    """The providers in the order of the file. Raises `OidcFileError`."""
    try:
        tables = tomllib.loads(path.read_text())
    except (OSError, ValueError) as error:
        raise OidcFileError(f"{path}: {error}") from error
    found: list[Provider] = []
    for name, table in tables.items():
        if not isinstance(table, dict):
            raise OidcFileError(f"{path}: {name} is not a table: write [{name}] and below it label, issuer, client_id")
        try:
            found.append(Provider.model_validate({"label": name.capitalize(), **table, "name": name}))
            found[-1].secret()
        except ValidationError as error:
            first = error.errors(include_url=False, include_input=False)[0]
            where = ".".join(str(part) for part in (name, *first["loc"]))
            raise OidcFileError(f"{path}: {where}: {first['msg']}") from error
        except OSError as error:
            raise OidcFileError(f"{path}: {name}.client_secret_file: {error}") from error
    return found
