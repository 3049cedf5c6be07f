"""Settings: read once, frozen, and clear about what is wrong."""

import os
import re
from pathlib import Path

import pytest
from pydantic import ValidationError

from auth.settings import AuthSettings, SignUp
from scripts.postgres15 import CHOSEN, WITHOUT
from server.settings import Executor, Settings, with_password
from server.settings_source import FILES, OF_USERS, SettingsError, read_settings

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(autouse=True)
def no_settings(monkeypatch: pytest.MonkeyPatch) -> None:

    for name in [name for name in os.environ if name.startswith("FERMATA_")]:
        monkeypatch.delenv(name)


def test_without_any_setting_it_is_a_system_on_this_machine_with_its_own_database() -> None:
    settings = read_settings()
    assert (settings.host, settings.port, settings.processes) == ("127.0.0.1", 8000, 1)
    assert settings.database is None
    assert settings.origin == "http://127.0.0.1:8000"
    assert settings.secret_path == Path(".fermata/secret")
    assert (settings.signup, settings.executor) == (SignUp.OPEN, Executor.EMBEDDED)
    assert settings.accounts == AuthSettings(SignUp.OPEN, "http://127.0.0.1:8000", loopback=True, session_days=90)
    assert settings.allows_introspection


def test_how_long_a_session_lives_reaches_accounts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FERMATA_SESSION_MAX_DAYS", "7")
    assert read_settings().accounts.session_days == 7


def test_settings_cannot_be_changed_once_read() -> None:
    settings = read_settings()
    with pytest.raises(ValidationError, match="frozen"):
        settings.port = 1
    assert settings.port == 8000


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("PORT", "eighty", "FERMATA_PORT=eighty is not allowed"),
        ("PORT", "65536", "a port from 0"),
        ("PROCESSES", "0", "server processes on that address, 1 to 64"),
        ("SIGNUP", "maybe", "open, invite or closed"),
        ("EXECUTOR", "celery", "FERMATA_EXECUTOR=celery needs FERMATA_BROKER_URL"),
        ("DATABASE_URL", "mysql://host/db", "it must begin with postgresql://"),
        ("PUBLIC_URL", "https://host/path", "and nothing more"),
        ("KINDS_FILE", "/nowhere/kinds.toml", "there is no such file"),
        ("TRUSTED_PROXIES", "10.0.0.0/8, everyone", "networks of reverse proxies"),
        ("SMTP_URL", "smtp://mail", "FERMATA_SMTP_URL needs FERMATA_MAIL_FROM"),
        ("RETENTION_DAYS", "0", "days to keep finished tasks"),
        ("SESSION_MAX_DAYS", "0", "days that a session lives at most, 1 to 3650"),
        ("HSTS_SUBDOMAINS", "yes", "on or off"),
        (
            "DATABASE_PASSWORD_FILE",
            "/nowhere/password",
            "FERMATA_DATABASE_PASSWORD_FILE: /nowhere/password cannot be read",
        ),
        ("DATABSE_URL", "postgresql://h/d", "FERMATA_DATABSE_URL is not a setting: do you mean FERMATA_DATABASE_URL?"),
    ],
)
def test_a_wrong_setting_is_named_with_what_is_allowed(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, says: str
) -> None:
    monkeypatch.setenv(f"FERMATA_{name}", value)
    with pytest.raises(SettingsError) as caught:
        read_settings()
    assert says in str(caught.value)
    assert "\n" not in str(caught.value)


def test_what_people_set_for_the_command_line_stops_no_server_in_the_same_shell(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name in OF_USERS:
        monkeypatch.setenv(name, "something")
    assert read_settings() == Settings()


def test_the_value_of_a_secret_is_never_repeated(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FERMATA_DATABASE_URL", "mysql://me:hunter2@host/db")
    with pytest.raises(SettingsError) as caught:
        read_settings()
    assert "FERMATA_DATABASE_URL is not allowed" in str(caught.value)
    assert "hunter2" not in str(caught.value)


def test_a_password_comes_from_a_file_into_an_address_without_one(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "password").write_text("p@ss/word\n")
    monkeypatch.setenv("FERMATA_DATABASE_URL", "postgresql://me@host:5433/db")
    monkeypatch.setenv("FERMATA_DATABASE_PASSWORD_FILE", str(tmp_path / "password"))
    assert read_settings().database == "postgresql://me:p%40ss%2Fword@host:5433/db"
    monkeypatch.setenv("FERMATA_DATABASE_URL", "postgresql://me:own@host:5433/db")
    assert read_settings().database == "postgresql://me:own@host:5433/db"


def test_a_secret_given_twice_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "token").write_text("0123456789abcdef")
    monkeypatch.setenv("FERMATA_METRICS_TOKEN", "0123456789abcdef")
    monkeypatch.setenv("FERMATA_METRICS_TOKEN_FILE", str(tmp_path / "token"))
    with pytest.raises(SettingsError, match="set one of them"):
        read_settings()


@pytest.mark.parametrize(
    ("url", "password", "whole"),
    [
        ("redis://valkey:6379/0", "s", "redis://:s@valkey:6379/0"),
        ("redis://:own@valkey:6379/0", "s", "redis://:own@valkey:6379/0"),
        ("postgresql://me@[::1]:5432/db", "s", "postgresql://me:s@[::1]:5432/db"),
        ("postgresql://me@/db?host=/run/postgresql", "s", "postgresql://me:s@/db?host=/run/postgresql"),
        ("postgresql://me@host/db", None, "postgresql://me@host/db"),
    ],
)
def test_a_password_is_put_where_it_belongs(url: str, password: str | None, whole: str) -> None:

    assert with_password(url, password) == whole


@pytest.mark.parametrize(
    ("host", "loopback", "origin"),
    [
        ("localhost", True, "http://localhost:8000"),
        ("::1", True, "http://[::1]:8000"),
        ("0.0.0.0", False, "http://127.0.0.1:8000"),
        ("tasks.example.com", False, "http://tasks.example.com:8000"),
    ],
)
def test_only_a_loopback_address_is_open_to_introspection(host: str, loopback: bool, origin: str) -> None:
    settings = Settings(host=host)
    assert settings.is_loopback is loopback
    assert settings.allows_introspection is loopback
    assert settings.origin == origin


@pytest.mark.parametrize(
    ("changed", "loopback"),
    [
        ({"public_url": "https://tasks.example.com"}, False),
        ({"public_url": "http://localhost:8080"}, True),
        ({"public_url": "http://[::1]:8000"}, True),
        ({"trusted_proxies": "127.0.0.1"}, False),
    ],
)
def test_behind_a_proxy_the_first_account_needs_the_set_up_token(changed: dict[str, str], loopback: bool) -> None:
    assert Settings.model_validate(changed).accounts.loopback is loopback


def test_every_setting_is_documented_and_nothing_else_is() -> None:

    documented = set(re.findall(r"`(FERMATA_[A-Z0-9_]+)`", (ROOT / "docs/operations.md").read_text()))
    settings = {f"FERMATA_{name.upper()}" for name in Settings.model_fields}
    for_tests = {name for name in documented if name.startswith("FERMATA_TEST_")}
    assert for_tests == {"FERMATA_TEST_CHROMIUM", CHOSEN, WITHOUT}
    assert documented - for_tests == settings | set(FILES) | OF_USERS
