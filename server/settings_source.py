"""Reads the settings from the environment, and says in words what is wrong with one.

A secret may also come from a file: `FERMATA_DATABASE_PASSWORD_FILE=/run/secrets/…` instead of the variable itself.
"""

import os
from difflib import get_close_matches
from pathlib import Path

from pydantic import ValidationError

from server.settings import PREFIX, Settings

SECRETS = frozenset(
    {
        "database_url",
        "database_direct_url",
        "database_password",
        "broker_url",
        "broker_password",
        "smtp_url",
        "metrics_token",
    }
)
FILES = {f"{PREFIX}{name.upper()}_FILE": name for name in sorted(SECRETS)}
FOR_TESTS = PREFIX + "TEST_"
# What people who use a Fermata set for the command line (docs/command-line.md), maybe in the shell that also starts one.
OF_USERS = frozenset(f"{PREFIX}{name}" for name in ("URL", "TOKEN", "PROFILE", "WORKSPACE"))


class SettingsError(Exception):
    """A setting is wrong. One line for each, with the variable's name and what is allowed."""


def read_settings() -> Settings:
    """The settings from the environment. Raises SettingsError."""
    _refuse_unknown()
    try:
        return Settings(**_from_files())  # pyright: ignore[reportArgumentType] - all are texts, which it parses
    except ValidationError as error:
        raise SettingsError(
            "\n".join(_explain(problem["loc"], problem["msg"], problem["input"]) for problem in error.errors())
        ) from None


def _refuse_unknown() -> None:
    known = [*(PREFIX + name.upper() for name in Settings.model_fields), *FILES]
    for variable in os.environ.keys() - OF_USERS:
        if variable.startswith(PREFIX) and not variable.startswith(FOR_TESTS) and variable not in known:
            near = get_close_matches(variable, known, 1)
            raise SettingsError(f"{variable} is not a setting" + (f": do you mean {near[0]}?" if near else ""))


def _from_files() -> dict[str, str]:
    found: dict[str, str] = {}
    for variable, name in FILES.items():
        file = os.environ.get(variable)
        if not file:
            continue
        if os.environ.get(PREFIX + name.upper()):
            raise SettingsError(f"{variable} and {PREFIX}{name.upper()} say the same thing: set one of them")
        try:
            found[name] = Path(file).read_text().strip()
        except OSError as error:
            raise SettingsError(f"{variable}: {file} cannot be read: {error.strerror}") from None
    return found


def _explain(place: tuple[int | str, ...], message: str, given: object) -> str:
    said = message.removeprefix("Value error, ")
    if not place:
        return said
    name = str(place[0])
    shown = "" if name in SECRETS else f"={given}"
    return f"{PREFIX}{name.upper()}{shown} is not allowed: {said} (allowed: {Settings.model_fields[name].description})"
