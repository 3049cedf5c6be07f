"""One conversation with a server: which profile, which workspace, and what each kind of failure says and returns.

Exit codes: 0 done, 1 refused by the server, 2 wrong use, 3 no connection.
"""

import sys
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import NoReturn

import typer
from fermata_client import Fermata, FermataError, Forbidden, InvalidInput, NoAnswer, Unauthenticated
from fermata_client.operations import TaskFields, WorkspaceWorkspace
from rich.console import Console

from cli.profiles import DEFAULT, NoProfile, Profile, choose
from cli.show import printable

REFUSED, MISUSED, UNREACHED = 1, 2, 3
OPTIONS = {
    "durationMs": "--for",
    "resumeAt": "--for",
    "maxAttempts": "--attempts",
    "kind": "--kind",
    "input": "--input",
    "labels": "--label",
    "description": "--description",
    "priority": "--priority",
}
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
    errors.print(message, style="red", markup=False, soft_wrap=True)
    raise typer.Exit(code)


def sentence(error: FermataError, asked: Profile | None = None) -> str:
    """What the server says; where it names fields, with what is wrong about each. `asked`: whose token it was sent."""
    if isinstance(error, Unauthenticated):
        return _over(asked)
    if isinstance(error, Forbidden):
        return f"{error} A token goes no further than the role that it was made for: `fermata whoami` tells it."
    if not isinstance(error, InvalidInput) or not error.details.get("fields"):
        return str(error)
    return printable("; ".join(f"{option(one['path'])}: {one['message']}" for one in error.details["fields"]))


def _over(asked: Profile | None) -> str:
    """What to do about a token that is unknown, revoked or over."""
    if asked is None:
        return "The server does not take this token (any more): make one on the page Tokens, and sign in: `fermata login ADDRESS`."
    if asked.name is None:
        return f"{asked.url} does not take the token in FERMATA_TOKEN (any more): make one on its page Tokens."
    again = "" if asked.name == DEFAULT else f" --profile {asked.name}"
    return (
        f"{asked.url} does not take this token (any more): it is unknown, revoked or over. Make one on its page Tokens, "
        f"and sign in with it: `fermata login {asked.url}{again}`."
    )


def option(path: str) -> str:
    """What a path of the API is called here."""
    name = path.removeprefix("input.").removeprefix("target.filter.")
    return OPTIONS.get(name, name)


def complain(error: FermataError, of: str = "") -> None:
    """Say a refusal on stderr, and go on."""
    errors.print(f"{of}{sentence(error)}", style="red", markup=False, soft_wrap=True)


def at_terminal() -> bool:
    """Whether there is somebody to ask."""
    return sys.stdin.isatty()


def sure(question: str) -> bool:
    """Whether one says yes; asked on stderr, as stdout is for what is done."""
    return typer.confirm(printable(question), err=True)


def one(talk: Talk, id: str) -> TaskFields:
    """A task; ends the command where there is none of that id for this token."""
    task = talk.fermata.task(id)["task"]
    if task is None:
        fail(f"There is no task {printable(id)} for this token.", REFUSED)
    return task


@contextmanager
def in_words(asked: Profile | None = None) -> Generator[None]:
    """Every failure inside is one sentence and an exit code, never a traceback. `asked`: the server that is talked to."""
    try:
        yield
    except FermataError as error:
        fail(sentence(error, asked), REFUSED)
    except NoProfile as error:
        fail(str(error), MISUSED)
    except BrokenPipeError:  # who read our output has had enough (`| head`): no server has a part in it, and typer ends
        raise
    except (ConnectionError, NoAnswer) as error:
        which = "in FERMATA_URL " if asked and asked.name is None else ""
        fail(f"{error}. Is the address {which}right, and does the server run?", UNREACHED)
    except (ValueError, OSError) as error:
        fail(f"{error}", MISUSED)


@contextmanager
def talking(profile: str | None, workspace: str | None) -> Generator[Talk]:
    """Talk to the server of a profile about a workspace: the named one, the profile's, or the only one there is."""
    with in_words():
        chosen = choose(profile)
    with in_words(chosen), Fermata(chosen.url, chosen.token) as fermata:
        yield Talk(fermata, chosen, workspace or chosen.workspace or _only(fermata))


def _only(fermata: Fermata) -> str:
    viewer = fermata.viewer()["viewer"]
    slugs = [one["workspace"]["slug"] for one in viewer["workspaces"]] if viewer else []
    if len(slugs) == 1:
        return slugs[0]
    if not slugs:
        fail("This token belongs to no workspace: make a new one on the page Tokens.", REFUSED)
    fail(f"Say which workspace with --workspace: {', '.join(slugs)}", MISUSED)
