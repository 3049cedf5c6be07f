"""By what tasks are picked: the options that `list` and all actions share, and the API's filter that they make."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, get_args

import typer
from fermata_client.operations import TaskFilter, TaskStatus, TaskTarget

from cli.profiles import every
from cli.show import words
from cli.talk import MISUSED, REFUSED, Talk, fail

KNOWN: dict[str, TaskStatus] = {status: status for status in get_args(TaskStatus)}


def _typed(status: str) -> str:
    return words(status).replace(" ", "-")


def _statuses(incomplete: str) -> Iterator[str]:
    """For completion by the shell."""
    return (name for name in map(_typed, KNOWN) if name.startswith(incomplete))


def _profiles(incomplete: str) -> Iterator[str]:
    """For completion by the shell, which has no use for an error."""
    try:
        return (name for name in every() if name.startswith(incomplete))
    except (OSError, ValueError):
        return iter(())


Statuses = Annotated[
    list[str] | None,
    typer.Option("--status", "-s", help="only in this status; may be given again", autocompletion=_statuses),
]
Labels = Annotated[
    list[str] | None, typer.Option("--label", "-l", help="only with this label; given again: with all of them")
]
Search = Annotated[str | None, typer.Option("--search", help="only with these words in title or description")]
Kinds = Annotated[list[str] | None, typer.Option("--kind", "-k", help="only of this kind; may be given again")]
Mine = Annotated[bool, typer.Option("--mine", help="only what you made (a token: whoever made the token)")]
Workspace = Annotated[str | None, typer.Option("--workspace", "-w", help="the workspace's name in its address")]
Json = Annotated[bool, typer.Option("--json", help="print JSON for programs")]
Profile = Annotated[str | None, typer.Option("--profile", help="which sign-in to use", autocompletion=_profiles)]


@dataclass(frozen=True)
class Picked:
    """What the options say. `everything`: no condition is meant as none."""

    status: list[str] | None = None
    label: list[str] | None = None
    search: str | None = None
    kind: list[str] | None = None
    mine: bool = False
    everything: bool = False

    @property
    def any(self) -> bool:
        """Whether anything is picked at all."""
        return self.everything or self.narrows

    @property
    def narrows(self) -> bool:
        """Whether there is a condition."""
        return bool(self.status or self.label or self.search or self.kind or self.mine)

    def check(self) -> None:
        """Ends the command at a status that there is not, before anybody is asked anything."""
        for word in self.status or ():
            status_of(word)

    def target(self, talk: Talk) -> TaskTarget:
        """As the API takes it for many tasks."""
        return {"filter": self.filter(talk)}

    def filter(self, talk: Talk) -> TaskFilter:
        """As the API takes it; who `mine` is, is asked of the server."""
        wanted: TaskFilter = {}
        if self.status:
            wanted["status"] = [status_of(word) for word in self.status]
        if self.label:
            wanted["labels"] = self.label
        if self.search:
            wanted["search"] = self.search
        if self.kind:
            wanted["kind"] = self.kind
        if self.mine:
            wanted["createdBy"] = _me(talk)
        return wanted


def status_of(word: str) -> TaskStatus:
    """`in-progress`, `in progress` and IN_PROGRESS are the same."""
    found = KNOWN.get(word.upper().replace("-", "_").replace(" ", "_"))
    if found is None:
        fail(f"{word} is no status: {', '.join(map(_typed, KNOWN))}", MISUSED)
    return found


def _me(talk: Talk) -> str:
    viewer = talk.fermata.viewer()["viewer"]
    if viewer is None:
        fail("The server does not know this token: make a new one on the page Tokens.", REFUSED)
    return viewer["id"]
