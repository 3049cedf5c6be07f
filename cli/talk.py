"""One conversation with a server: which profile, which workspace, and what each kind of failure says and returns.

Exit codes: 0 done, 1 refused by the server, 2 wrong use, 3 no connection.
"""

from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import NoReturn

import typer
from fermata_client import Fermata, FermataError, NoAnswer
from fermata_client.operations import WorkspaceWorkspace
from rich.console import Console

from cli.profiles import NoProfile, Profile, choose

REFUSED, MISUSED, UNREACHED = 1, 2, 3
errors = Console(stderr=True, highlight=False)


@dataclass
class Talk:
    """A client, and the workspace that is meant."""

    fermata: Fermata
    profile: Profile
    slug: str

    def workspace(self) -> WorkspaceWorkspace:
        """The workspace; ends the command where there is none of that name for this token."""
        found = self.fermata.workspace(self.slug)["workspace"]
        if found is None:
            fail(f"There is no workspace “{self.slug}” for this token.", REFUSED)
        return found


def fail(message: str, code: int) -> NoReturn:
    """Say it on stderr and end the command."""
    errors.print(message, style="red", markup=False)
    raise typer.Exit(code)


@contextmanager
def in_words() -> Generator[None]:
    """Every failure inside is one sentence and an exit code, never a traceback."""
    try:
        yield
    except FermataError as error:
        fail(str(error), REFUSED)
    except NoProfile as error:
        fail(str(error), MISUSED)
    except ValueError as error:
        fail(f"{error}", MISUSED)
    except (ConnectionError, NoAnswer) as error:
        fail(f"{error}. Is the address right, and does the server run?", UNREACHED)


@contextmanager
def talking(profile: str | None, workspace: str | None) -> Generator[Talk]:
    """Talk to the server of a profile about a workspace: the named one, the profile's, or the only one there is."""
    with in_words():
        chosen = choose(profile)
        with Fermata(chosen.url, chosen.token) as fermata:
            yield Talk(fermata, chosen, workspace or chosen.workspace or _only(fermata))


def _only(fermata: Fermata) -> str:
    viewer = fermata.viewer()["viewer"]
    slugs = [one["workspace"]["slug"] for one in viewer["workspaces"]] if viewer else []
    if len(slugs) == 1:
        return slugs[0]
    if not slugs:
        fail("This token belongs to no workspace: make a new one on the page Tokens.", REFUSED)
    fail(f"Say which workspace with --workspace: {', '.join(slugs)}", MISUSED)
