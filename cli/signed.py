"""Signing in at a terminal: where a token is read from, and what one is told about oneself."""

import sys
from datetime import UTC, datetime
from ipaddress import ip_address
from urllib.parse import urlsplit

import typer
from fermata_client.operations import WhoamiData

from cli.profiles import DEFAULT, Profile
from cli.show import out, plain
from cli.talk import REFUSED, errors, fail


def warn(url: str) -> None:
    """Say it where the token would go over a network as it is."""
    parts = urlsplit(url)
    if parts.scheme == "http" and not _here(parts.hostname or ""):
        errors.print("Mind that http:// sends the token as it is: whoever is on the way can read it.", style="yellow")


def _here(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")


def secret() -> str:
    """An API token: asked for without being shown, or the first line of what is piped in."""
    if sys.stdin.isatty():
        return typer.prompt("API token (from the page Tokens)", hide_input=True, err=True).strip()
    return sys.stdin.readline().strip()


def introduce(found: WhoamiData, profile: Profile) -> None:
    """Who one is there, until when, in which workspaces as what, and what to type next."""
    viewer, token = found["viewer"], found["apiToken"]
    if viewer is None:
        fail("The server does not know this token: make a new one on the page Tokens.", REFUSED)
    out.print(f"Signed in at {profile.url} as {plain(viewer['displayName'])}.", soft_wrap=True)
    if token:
        out.print(f"Token “{plain(token['name'])}”: works until {_until(token['expiresAt'])}.", soft_wrap=True)
    rooms = viewer["workspaces"]
    for one in rooms:
        mark = ", which commands mean" if one["workspace"]["slug"] == profile.workspace else ""
        out.print(f"Workspace {plain(one['workspace']['slug'])}: {one['role']}{mark}", soft_wrap=True)
    if not rooms:
        out.print("It is in no workspace (any more): make a token in one, on its page Tokens.")
        return
    more = f" --profile {profile.name}" if profile.name not in (None, DEFAULT) else ""
    if len(rooms) > 1 and not profile.workspace:
        more += f" --workspace {rooms[0]['workspace']['slug']}"
    out.print(f"Next: fermata tasks list{more}", soft_wrap=True, markup=False)


def _until(moment: str | None) -> str:
    """A moment in UTC, and how far that is."""
    if moment is None:
        return "it is revoked"
    end = datetime.fromisoformat(moment)
    days = (end - datetime.now(UTC)).days
    return f"{end.astimezone(UTC):%Y-%m-%d %H:%M} UTC ({f'{days} days' if days > 1 else 'less than two days'} from now)"
