"""Where a person's servers and tokens are kept: one JSON file that nobody else can read.

The environment wins: FERMATA_TOKEN over the token of a sign-in, FERMATA_URL over its address, FERMATA_WORKSPACE over its
workspace. Nothing that is set is passed over in silence: an address without a token for it is refused.
"""

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import urlsplit

DEFAULT = "default"
PAGES = ("/graphql", "/graphiql")  # of a server, which people copy from the address bar


class NoProfile(Exception):
    """You are not signed in to a Fermata: run `fermata login ADDRESS`."""


@dataclass(frozen=True)
class Profile:
    """A server, a token for it, and the workspace that commands mean when none is named.

    `name` is that of the sign-in; None: the token is the environment's.
    """

    url: str
    token: str
    workspace: str | None = None
    name: str | None = None


def address(given: str) -> str:
    """The address of a server, also of one whose API or explorer is named. Raises ValueError where it is none."""
    parts = urlsplit(given)
    if parts.scheme not in {"http", "https"} or not parts.netloc:
        raise ValueError(f"{given} is no address: it begins with http:// or https://")
    path = parts.path.rstrip("/")
    for page in PAGES:
        path = path.removesuffix(page)
    return f"{parts.scheme}://{parts.netloc}{path.rstrip('/')}"


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
        return {name: Profile(**fields, name=name) for name, fields in json.loads(path.read_text()).items()}
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
        kept = {one: {"url": it.url, "token": it.token, "workspace": it.workspace} for one, it in found.items()}
        json.dump(kept, file, indent=2)
    new.replace(path)


def choose(name: str | None, environment: Mapping[str, str] = os.environ) -> Profile:
    """The profile of that name; without a name, what the environment says, else the default one. Raises NoProfile."""
    token = environment.get("FERMATA_TOKEN") if name is None else None
    url = address(environment["FERMATA_URL"]) if name is None and environment.get("FERMATA_URL") else None
    workspace = environment.get("FERMATA_WORKSPACE")
    wanted = name or environment.get("FERMATA_PROFILE") or DEFAULT
    if url and token:
        return Profile(url, token, workspace)
    kept = every()
    if token:
        return Profile(kept[wanted].url if wanted in kept else _local(environment), token, workspace)
    found = kept.get(wanted)
    if url and (found is None or found.url != url):
        found = next((one for one in kept.values() if one.url == url), None)
    if found is None:
        again = "" if wanted == DEFAULT else f" --profile {wanted}"
        at, where = (f" at {url}", url) if url else ("", "ADDRESS")
        raise NoProfile(f"You are not signed in{at}: run `fermata login {where}{again}`.")
    return replace(found, workspace=workspace or found.workspace)


def _local(environment: Mapping[str, str]) -> str:
    """Where `make run` serves."""
    return f"http://127.0.0.1:{environment.get('FERMATA_PORT') or 8000}"
