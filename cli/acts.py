"""`fermata tasks run|pause|resume|cancel|delete`: tasks by their ids, or all that options pick."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from inspect import signature
from typing import Annotated, Any, NoReturn

import typer
from fermata_client import FermataError
from fermata_client.operations import TaskAction

from cli.filters import Json, Kinds, Labels, Mine, Picked, Profile, Search, Statuses, Workspace
from cli.many import Errand
from cli.show import as_json, milliseconds, said
from cli.talk import MISUSED, REFUSED, Talk, complain, fail, in_words, one, sure, talking

app = typer.Typer()

Ids = Annotated[list[str] | None, typer.Argument(help="ids of tasks, or none and options that pick", metavar="[ID]...")]
Reason = Annotated[str | None, typer.Option("--reason", "-r", help="why; it goes into the history")]
All = Annotated[bool, typer.Option("--all", help="every task of the workspace")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="only say what would happen")]
Yes = Annotated[bool, typer.Option("--yes", "-y", help="do not ask")]
For = Annotated[str | None, typer.Option("--for", help="go on by itself after so long, such as 30m")]
ACTIONS: dict[TaskAction, str] = {
    "RUN": "Run tasks, from the beginning.",
    "PAUSE": "Pause tasks; the time already spent is kept.",
    "RESUME": "Go on with tasks from where they were.",
    "CANCEL": "Cancel tasks; the next run begins at zero.",
}
CALLS: dict[TaskAction, str] = {
    "RUN": "run_task",
    "PAUSE": "pause_task",
    "RESUME": "resume_task",
    "CANCEL": "cancel_task",
}


@dataclass(frozen=True)
class How:
    """Everything but which tasks are meant. `action` None: delete; `until`: when a pause ends."""

    action: TaskAction | None
    reason: str | None
    dry_run: bool
    yes: bool
    as_data: bool
    until: str | None = None


def _offer(name: str, action: TaskAction | None, words: str) -> None:
    """Add the command of that name: all take the same options, but only a pause has an end."""

    def command(
        ids: Ids = None,
        for_: For = None,
        status: Statuses = None,
        label: Labels = None,
        search: Search = None,
        kind: Kinds = None,
        mine: Mine = False,
        everything: All = False,
        reason: Reason = None,
        dry_run: DryRun = False,
        yes: Yes = False,
        profile: Profile = None,
        workspace: Workspace = None,
        as_data: Json = False,
    ) -> None:
        with in_words():
            until = None if for_ is None else _after(milliseconds(for_))
        picked = Picked(status, label, search, kind, mine, everything)
        _act(ids or [], picked, How(action, reason, dry_run, yes, as_data, until), profile, workspace)

    if action != "PAUSE":
        taken = signature(command)
        left = [one for one in taken.parameters.values() if one.name != "for_"]
        command.__signature__ = taken.replace(parameters=left)  # what typer reads
    app.command(name=name, help=words)(command)


def _after(amount: int) -> str:
    """The moment so many milliseconds from now, as the API takes it."""
    return (datetime.now(UTC) + timedelta(milliseconds=amount)).isoformat(timespec="milliseconds")


for _action, _words in ACTIONS.items():
    _offer(_action.lower(), _action, _words)
_offer("delete", None, "Delete tasks that are not running; their history stays.")


def _act(ids: list[str], picked: Picked, how: How, profile: str | None, workspace: str | None) -> NoReturn:
    """Ends with 0 where every task that is meant changed (or, in a dry run, would), else with 1."""
    if ids and picked.any:
        fail("Name tasks by their ids or pick them by options, not both.", MISUSED)
    if not ids and not picked.any:
        fail("Which tasks? Give ids, or pick by --status, --label, --search, --kind, --mine or --all.", MISUSED)
    if picked.everything and picked.narrows:
        fail("--all is every task of the workspace: leave it out to pick some.", MISUSED)
    if ids and not how.dry_run:
        with talking(profile, "-") as talk:
            well = _each(talk, ids, how)
    else:
        picked.check()
        with talking(profile, workspace) as talk:
            errand = Errand(talk, how.action, {"ids": ids} if ids else picked.target(talk), how.reason, how.until)
            well = errand.run(dry_run=how.dry_run, ask=not how.yes, as_data=how.as_data)
    raise typer.Exit(0 if well else REFUSED)


def _each(talk: Talk, ids: list[str], how: How) -> bool:
    """One call for each id. What is refused is said, and the rest goes on: whether all changed."""
    done: list[Any] = []  # what the API answers
    for id in ids:
        try:
            found = _move(talk, id, how) if how.action else _delete(talk, id, how)
        except FermataError as error:
            complain(error, f"{id}: " if len(ids) > 1 else "")
            continue
        if found is not None:
            done.append(found)
    if how.as_data and done:
        as_json(done if len(ids) > 1 else done[0])
    return len(done) == len(ids)


def _move(talk: Talk, id: str, how: How) -> object:
    assert how.action is not None
    extra = {"resume_at": how.until} if how.until else {}
    answer: dict[str, Any] = getattr(talk.fermata, CALLS[how.action])(id, reason=how.reason, **extra)
    (payload,) = answer.values()
    if not how.as_data:
        said(payload["task"])
    return payload["task"]


def _delete(talk: Talk, id: str, how: How) -> object:
    """None: the person said no."""
    task = one(talk, id)
    if not how.yes and not sure(f"Delete “{task['title']}”?"):
        return None
    gone = talk.fermata.delete_task(id, reason=how.reason)["deleteTask"]["deletedId"]
    if not how.as_data:
        said(task, "deleted")
    return {"deletedId": gone}
