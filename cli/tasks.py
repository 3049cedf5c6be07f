"""`fermata tasks …`: list, show, create, act and watch."""

import time
from datetime import UTC, datetime, timedelta
from typing import Annotated, Any, get_args

import typer
from fermata_client.operations import TaskFields, TaskFilter, TaskInput, TaskStatus
from rich.live import Live

from cli.show import as_json, duration, elapsed, history, milliseconds, out, plain, printable, progress, table, words
from cli.talk import MISUSED, REFUSED, Talk, fail, in_words, talking

app = typer.Typer(help="List, create, run, pause, resume, cancel, delete and watch tasks.", no_args_is_help=True)

Profile = Annotated[str | None, typer.Option("--profile", help="which sign-in to use")]
Workspace = Annotated[str | None, typer.Option("--workspace", "-w", help="the workspace's name in its address")]
Json = Annotated[bool, typer.Option("--json", help="print JSON for programs")]
Reason = Annotated[str | None, typer.Option("--reason", "-r", help="why; it goes into the history")]
Ids = Annotated[list[str], typer.Argument(help="ids of tasks")]
ENDED = {"COMPLETED", "FAILED", "CANCELLED"}


@app.command(name="list")
def list_(
    status: Annotated[list[str] | None, typer.Option("--status", "-s", help="only these")] = None,
    label: Annotated[list[str] | None, typer.Option("--label", "-l", help="only with all of these")] = None,
    search: Annotated[str | None, typer.Option("--search", help="words in title and description")] = None,
    limit: Annotated[int, typer.Option("--limit", min=1, max=10_000)] = 50,
    profile: Profile = None,
    workspace: Workspace = None,
    as_data: Json = False,
) -> None:
    """List tasks, the newest first."""
    wanted = chosen(status, label, search)
    with talking(profile, workspace) as talk:
        found = pages(talk, wanted, limit)
        if as_data:
            as_json(found)
        else:
            out.print(table(found) if found else "No tasks here.")


@app.command()
def show(id: str, profile: Profile = None, workspace: Workspace = None, as_data: Json = False) -> None:
    """Show everything about a task, with its history."""
    with talking(profile, workspace) as talk:
        task = one(talk, id)
        told = talk.fermata.task_history(id)["task"]
        events = told["events"]["nodes"] if told else []
        if as_data:
            as_json({**task, "events": events})
            return
        for name, value in facts(task).items():
            out.print(f"{name:12} {plain(str(value))}")
        out.print()
        out.print(history(events))


@app.command()
def create(
    title: str,
    for_: Annotated[str | None, typer.Option("--for", help="how long, such as 90s or 1h 30m")] = None,
    label: Annotated[list[str] | None, typer.Option("--label", "-l")] = None,
    description: Annotated[str, typer.Option("--description", "-d")] = "",
    kind: Annotated[str, typer.Option("--kind", "-k", help="what it does; a timer waits")] = "timer",
    run_now: Annotated[bool, typer.Option("--run", help="and run it at once")] = False,
    profile: Profile = None,
    workspace: Workspace = None,
    as_data: Json = False,
) -> None:
    """Create a task."""
    with talking(profile, workspace) as talk:
        given: TaskInput = {"title": title, "description": description, "labels": label or [], "kind": kind}
        if for_ is not None:
            given["durationMs"] = milliseconds(for_)
        task = talk.fermata.create_task(talk.workspace()["id"], given)["createTask"]["task"]
        if run_now:
            task = talk.fermata.run_task(task["id"])["runTask"]["task"]
        said(task, as_data)


@app.command()
def run(ids: Ids, reason: Reason = None, profile: Profile = None, as_data: Json = False) -> None:
    """Run tasks."""
    act("run_task", ids, reason, profile, as_data)


@app.command()
def pause(
    ids: Ids,
    reason: Reason = None,
    for_: Annotated[str | None, typer.Option("--for", help="go on by itself after so long, such as 30m")] = None,
    profile: Profile = None,
    as_data: Json = False,
) -> None:
    """Pause tasks; the time already spent is kept."""
    extra: dict[str, str] = {}
    if for_ is not None:
        with in_words():
            until = datetime.now(UTC) + timedelta(milliseconds=milliseconds(for_))
        extra["resume_at"] = until.isoformat(timespec="milliseconds")
    act("pause_task", ids, reason, profile, as_data, **extra)


@app.command()
def resume(ids: Ids, reason: Reason = None, profile: Profile = None, as_data: Json = False) -> None:
    """Go on with tasks from where they were."""
    act("resume_task", ids, reason, profile, as_data)


@app.command()
def cancel(ids: Ids, reason: Reason = None, profile: Profile = None, as_data: Json = False) -> None:
    """Cancel tasks; the next run begins at zero."""
    act("cancel_task", ids, reason, profile, as_data)


@app.command()
def delete(
    ids: Ids,
    reason: Reason = None,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="do not ask")] = False,
    profile: Profile = None,
    as_data: Json = False,
) -> None:
    """Delete tasks that are not running; their history stays."""
    with talking(profile, "-") as talk:
        for id in ids:
            task = one(talk, id)
            if not yes and not typer.confirm(f"Delete “{printable(task['title'])}”?", err=True):
                continue
            gone = talk.fermata.delete_task(id, reason=reason)["deleteTask"]["deletedId"]
            if as_data:
                as_json({"deletedId": gone})
            else:
                out.print(f"{plain(task['title'])}: deleted  {gone}")


@app.command()
def watch(
    id: str,
    every: Annotated[float, typer.Option("--every", min=0.2, help="seconds between two looks")] = 1.0,
    profile: Profile = None,
    as_data: Json = False,
) -> None:
    """Follow a task until it has ended; the exit code says how: 0 completed, 1 anything else."""
    with talking(profile, "-") as talk, Live(console=out, auto_refresh=False, transient=as_data) as live:
        while True:
            task = one(talk, id)
            live.update("" if as_data else table([task]), refresh=True)
            if task["status"] in ENDED:
                break
            time.sleep(every)
    if as_data:
        as_json(task)
    raise typer.Exit(0 if task["status"] == "COMPLETED" else REFUSED)


def act(call: str, ids: list[str], reason: str | None, profile: str | None, as_data: bool, **extra: str) -> None:
    """The same call for each id; the first refusal ends it, and what was done before stays done."""
    with talking(profile, "-") as talk:
        for id in ids:
            answer: dict[str, Any] = getattr(talk.fermata, call)(id, reason=reason, **extra)
            (payload,) = answer.values()
            said(payload["task"], as_data)


def chosen(status: list[str] | None, label: list[str] | None, search: str | None) -> TaskFilter:
    """The filter of the options."""
    wanted: TaskFilter = {}
    if status:
        wanted["status"] = [status_of(word) for word in status]
    if label:
        wanted["labels"] = label
    if search:
        wanted["search"] = search
    return wanted


def status_of(word: str) -> TaskStatus:
    """`in-progress`, `in progress` and IN_PROGRESS are the same."""
    known: dict[str, TaskStatus] = {status: status for status in get_args(TaskStatus)}
    found = known.get(word.upper().replace("-", "_").replace(" ", "_"))
    if found is None:
        fail(f"{word} is no status: {', '.join(words(status) for status in known)}", MISUSED)
    return found


def pages(talk: Talk, wanted: TaskFilter, limit: int) -> list[TaskFields]:
    """As many pages as it takes."""
    found: list[TaskFields] = []
    after: str | None = None
    while len(found) < limit:
        size = min(100, limit - len(found))
        place = talk.fermata.tasks(talk.slug, first=size, after=after, filter=wanted)["workspace"]
        if place is None:
            fail(f"There is no workspace “{talk.slug}” for this token.", REFUSED)
        found += place["tasks"]["nodes"]
        after = place["tasks"]["pageInfo"]["endCursor"]
        if not place["tasks"]["pageInfo"]["hasNextPage"]:
            break
    return found


def one(talk: Talk, id: str) -> TaskFields:
    """A task; ends the command where there is none of that id for this token."""
    task = talk.fermata.task(id)["task"]
    if task is None:
        fail("There is no such task for this token.", REFUSED)
    return task


def said(task: TaskFields, as_data: bool) -> None:
    """What has become of a task."""
    if as_data:
        as_json(task)
    else:
        out.print(f"{plain(task['title'])}: {words(task['status'])}  {task['id']}")


def facts(task: TaskFields) -> dict[str, Any]:
    """What there is to say, in the order in which one asks."""
    now = datetime.now(UTC)
    spent = f"{duration(elapsed(task, now))} of {duration(task['durationMs'])} ({progress(task, now)})"
    found = {
        "Title": task["title"],
        "Status": words(task["status"]),
        "Waits": task["waitingFor"],
        "Active": spent,
        "Kind": task["kind"],
        "Labels": ", ".join(task["labels"]),
        "Description": task["description"],
        "Result": task["result"],
        "Error": task["error"],
        "You may": ", ".join(words(action) for action in task["allowedActions"]),
        "Id": task["id"],
    }
    return {name: value for name, value in found.items() if value}
