"""What may be set from outside (`FERMATA_…`), frozen; docs/operations.md has the same list. Read by settings_source.py."""

from enum import StrEnum
from ipaddress import ip_address, ip_network
from pathlib import Path
from typing import Annotated, Self
from urllib.parse import quote, urlsplit

from pydantic import Field, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from auth.settings import AuthSettings, SignUp

PREFIX = "FERMATA_"


class Executor(StrEnum):
    EMBEDDED = "embedded"
    CELERY = "celery"


class Switch(StrEnum):
    ON = "on"
    OFF = "off"


class LogFormat(StrEnum):
    CONSOLE = "console"
    JSON = "json"


class LogLevel(StrEnum):
    DEBUG = "debug"
    INFO = "info"
    WARNING = "warning"
    ERROR = "error"


class Settings(BaseSettings):
    """What may be set from outside. The description of a field is what an error says is allowed."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, frozen=True, extra="forbid", env_ignore_empty=True)

    host: str = Field(
        default="127.0.0.1", description="an IP address or a host name to listen on", pattern=r"^[A-Za-z0-9.:_-]+$"
    )
    port: int = Field(default=8000, ge=0, le=65535, description="a port from 0 (any free one) to 65535")
    processes: int = Field(default=1, ge=1, le=64, description="server processes on that address, 1 to 64")
    data_dir: Path = Field(default=Path(".fermata"), description="a folder that may be written")

    database_url: str | None = Field(
        default=None, description="postgresql://user@host/database, PostgreSQL 15 or later"
    )
    database_direct_url: str | None = Field(default=None, description="the same database past PgBouncer")
    database_password: str | None = Field(default=None, description="the password, where the address has none")
    postgres_bin: Path | None = Field(
        default=None, description="the bin folder of a PostgreSQL to run instead of the wheel's"
    )
    pool_size: int = Field(
        default=10, ge=2, le=200, description="database connections of a process for requests, 2 to 200"
    )
    row_guard: Switch | None = Field(default=None, description="on or off")
    timer_pool_size: int = Field(
        default=3, ge=2, le=20, description="database connections of a process for timers, 2 to 20"
    )

    secret_file: Path | None = Field(
        default=None, description="a file of mode 0600 with the secret; made at first start"
    )
    public_url: str | None = Field(
        default=None, description="the address that people use, such as https://tasks.example.com"
    )
    signup: SignUp = Field(default=SignUp.OPEN, description="open, invite or closed")
    session_max_days: int = Field(default=90, ge=1, le=3650, description="days that a session lives at most, 1 to 3650")
    hsts_subdomains: Switch = Field(default=Switch.OFF, description="on or off")
    introspection: Switch | None = Field(default=None, description="on or off")
    oidc_file: Path | None = Field(default=None, description="an existing TOML file with the OpenID issuers")
    trusted_proxies: Annotated[tuple[str, ...], NoDecode] = Field(
        default=(), description="IP addresses or networks of reverse proxies, separated by commas"
    )

    executor: Executor = Field(default=Executor.EMBEDDED, description="embedded or celery")
    broker_url: str | None = Field(default=None, description="redis://… or amqp://…, for executor=celery")
    broker_password: str | None = Field(default=None, description="the broker's password, where its address has none")
    kinds_file: Path | None = Field(default=None, description="an existing TOML file with the kinds of work")
    work_slots: int = Field(default=8, ge=0, le=1000, description="works that a process runs at once, 0 to 1000")

    retention_days: int | None = Field(
        default=None, ge=1, le=36500, description="days to keep finished tasks; unset: for ever"
    )
    smtp_url: str | None = Field(default=None, description="smtp://user:password@host:587 or smtps://…")
    mail_from: str | None = Field(
        default=None, description="the sender's address, such as fermata@example.com", pattern="@"
    )
    metrics_token: str | None = Field(default=None, min_length=16, description="at least 16 characters")
    log_format: LogFormat | None = Field(default=None, description="console or json")
    log_level: LogLevel = Field(default=LogLevel.INFO, description="debug, info, warning or error")
    max_connections: int = Field(
        default=2000, ge=10, le=100_000, description="open connections of a process, 10 to 100000"
    )
    max_requests: int = Field(
        default=250, ge=10, le=100_000, description="GraphQL requests that a process works on at once, 10 to 100000"
    )
    max_body_bytes: int = Field(
        default=1_000_000, ge=1000, le=100_000_000, description="bytes of a request, 1000 to 100000000"
    )

    @field_validator("database_url", "database_direct_url")
    @classmethod
    def _is_postgres(cls, value: str | None) -> str | None:
        return _with_scheme(value, "postgresql", "postgres", "postgresql+asyncpg")

    @field_validator("broker_url")
    @classmethod
    def _is_broker(cls, value: str | None) -> str | None:
        return _with_scheme(value, "redis", "rediss", "amqp", "amqps")

    @field_validator("smtp_url")
    @classmethod
    def _is_smtp(cls, value: str | None) -> str | None:
        return _with_scheme(value, "smtp", "smtps")

    @field_validator("public_url")
    @classmethod
    def _is_origin(cls, value: str | None) -> str | None:
        if value is None:
            return None
        parts = urlsplit(value.rstrip("/"))
        if parts.scheme not in {"http", "https"} or not parts.netloc or parts.path or parts.query or parts.fragment:
            raise ValueError("it must be http:// or https://, a host and perhaps a port, and nothing more")
        return value.rstrip("/")

    @field_validator("oidc_file", "kinds_file")
    @classmethod
    def _is_there(cls, value: Path | None) -> Path | None:
        if value is not None and not value.is_file():
            raise ValueError("there is no such file")
        return value

    @field_validator("trusted_proxies", mode="before")
    @classmethod
    def _are_networks(cls, value: str | tuple[str, ...]) -> tuple[str, ...]:
        parts = tuple(part.strip() for part in value.split(",")) if isinstance(value, str) else value
        for part in parts:
            ip_network(part, strict=False)
        return parts

    @model_validator(mode="after")
    def _fit_together(self) -> Self:
        if self.executor is Executor.CELERY and self.broker_url is None:
            raise ValueError("FERMATA_EXECUTOR=celery needs FERMATA_BROKER_URL")
        if self.executor is Executor.CELERY and self.database_url is None:
            raise ValueError("FERMATA_EXECUTOR=celery needs FERMATA_DATABASE_URL: workers elsewhere have to reach it")
        if self.smtp_url is not None and self.mail_from is None:
            raise ValueError("FERMATA_SMTP_URL needs FERMATA_MAIL_FROM")
        return self

    @model_validator(mode="after")
    def _have_sessions_where_needed(self) -> Self:
        """A pooler in transaction mode hands a connection to others between statements."""
        if self.database_url is None or not _is_pooled(self.database_url):
            return self
        if self.database_direct_url is None:
            raise ValueError("FERMATA_DATABASE_URL with pooler=transaction needs FERMATA_DATABASE_DIRECT_URL")
        if _is_pooled(self.database_direct_url):
            raise ValueError("FERMATA_DATABASE_DIRECT_URL has to go past the pooler: without pooler=transaction")
        return self

    @property
    def is_loopback(self) -> bool:
        """Whether only this machine can reach us: it listens on loopback, and no proxy brings others in from outside."""
        published = urlsplit(self.public_url).hostname if self.public_url else None
        return _is_here(self.host) and not self.trusted_proxies and (published is None or _is_here(published))

    @property
    def is_published_here(self) -> bool:
        """Whether whoever set it up says that people come from this machine alone: a container's port, published on loopback."""
        published = urlsplit(self.public_url).hostname if self.public_url else None
        return published is not None and _is_here(published)

    @property
    def origin(self) -> str:
        """The address that people use: FERMATA_PUBLIC_URL, or what we listen on."""
        host = "127.0.0.1" if self.host == "0.0.0.0" else self.host  # noqa: S104 - compared, not bound
        return self.public_url or f"http://{f'[{host}]' if ':' in host else host}:{self.port}"

    @property
    def secret_path(self) -> Path:
        return self.secret_file or self.data_dir / "secret"

    @property
    def accounts(self) -> AuthSettings:
        """What concerns accounts."""
        return AuthSettings(self.signup, self.origin, loopback=self.is_loopback, session_days=self.session_max_days)

    @property
    def allows_introspection(self) -> bool:
        """For people who are not signed in."""
        return self.is_loopback if self.introspection is None else self.introspection is Switch.ON

    @property
    def guards_rows(self) -> bool:
        """Whether row-level security keeps requests to the asker's workspaces; unless said, where its role is ours to make."""
        return self.database_url is None if self.row_guard is None else self.row_guard is Switch.ON

    @property
    def database(self) -> str | None:
        """FERMATA_DATABASE_URL with its password; None: the embedded Postgres."""
        return with_password(self.database_url, self.database_password)

    @property
    def direct_database(self) -> str | None:
        return with_password(self.database_direct_url or self.database_url, self.database_password)

    @property
    def broker(self) -> str | None:
        return with_password(self.broker_url, self.broker_password)


def _is_here(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def _is_pooled(url: str) -> bool:
    return "pooler=transaction" in urlsplit(url).query.split("&")


def _with_scheme(value: str | None, *allowed: str) -> str | None:
    if value is not None and value.split("://", 1)[0] not in allowed:
        raise ValueError(f"it must begin with {' or '.join(f'{scheme}://' for scheme in allowed)}")
    return value


def with_password(url: str | None, password: str | None) -> str | None:
    """The address, with the password where it has none."""
    if url is None or password is None:
        return url
    scheme, rest = url.split("://", 1)
    user, at, host = rest.rpartition("@")
    return url if ":" in user or (not at and not host) else f"{scheme}://{user}:{quote(password, safe='')}@{host}"
