"""Where a person's servers and tokens are kept: one JSON file that nobody else can read.

The environment wins: FERMATA_URL with FERMATA_TOKEN is a profile of its own, for programs.
"""

import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

DEFAULT = "default"


class NoProfile(Exception):
    """You are not signed in to a Fermata: run `fermata login ADDRESS`."""


@dataclass(frozen=True)
class Profile:
    """A server, a token for it, and the workspace that commands mean when none is named."""

    url: str
    token: str
    workspace: str | None = None


def folder(environment: Mapping[str, str] = os.environ) -> Path:
    """The folder of the XDG base directory specification."""
    return Path(environment.get("XDG_CONFIG_HOME") or Path.home() / ".config") / "fermata"


def _file() -> Path:
    return folder() / "profiles.json"


def every() -> dict[str, Profile]:
    """All profiles, by name. Raises ValueError where the file is broken."""
    path = _file()
    if not path.exists():
        return {}
    try:
        return {name: Profile(**fields) for name, fields in json.loads(path.read_text()).items()}
    except (ValueError, TypeError, AttributeError) as error:
        raise ValueError(f"{path} cannot be read: delete it and sign in anew") from error


def save(name: str, profile: Profile | None) -> None:
    """Keep a profile, or with None forget it. The file is replaced as a whole, mode 0600."""
    found = every()
    if profile is None:
        found.pop(name, None)
    else:
        found[name] = profile
    path = _file()
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    new = path.with_suffix(".new")
    new.unlink(missing_ok=True)
    handle = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w") as file:
        json.dump({one: asdict(fields) for one, fields in found.items()}, file, indent=2)
    new.replace(path)


def choose(name: str | None, environment: Mapping[str, str] = os.environ) -> Profile:
    """The profile of that name; without a name, the environment's, else the default one. Raises NoProfile."""
    url, token = environment.get("FERMATA_URL"), environment.get("FERMATA_TOKEN")
    if name is None and url and token:
        return Profile(url, token, environment.get("FERMATA_WORKSPACE"))
    wanted = name or environment.get("FERMATA_PROFILE") or DEFAULT
    try:
        return every()[wanted]
    except KeyError:
        again = "" if wanted == DEFAULT else f" --profile {wanted}"
        raise NoProfile(f"You are not signed in: run `fermata login ADDRESS{again}`.") from None
