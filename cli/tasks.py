"""`fermata tasks …`: list, show and create; what acts and what follows is added here."""

from datetime import UTC, datetime
from typing import Annotated, Any

import typer
from fermata_client.operations import TaskFields, TaskFilter, TaskInput
from rich.console import Group

from cli import acts, follow
from cli.filters import Json, Kinds, Labels, Mine, Picked, Profile, Search, Statuses, Workspace
from cli.show import (
    as_json,
    history,
    json_of,
    lay,
    milliseconds,
    out,
    plain,
    progress,
    said,
    spent_of,
    table,
    words,
)
from cli.talk import REFUSED, Talk, fail, in_words, one, talking

app = typer.Typer(help="List, create, run, pause, resume, cancel, delete and watch tasks.", no_args_is_help=True)
app.add_typer(acts.app)
app.add_typer(follow.app)


@app.command(name="list")
def list_(
    status: Statuses = None,
    label: Labels = None,
    search: Search = None,
    kind: Kinds = None,
    mine: Mine = False,
    limit: Annotated[int, typer.Option("--limit", min=1, max=10_000, help="how many at most")] = 50,
    profile: Profile = None,
    workspace: Workspace = None,
    as_data: Json = False,
) -> None:
    """List tasks, the newest first."""
    picked = Picked(status, label, search, kind, mine)
    picked.check()
    with talking(profile, workspace) as talk:
        found = pages(talk, picked.filter(talk), limit)
        if as_data:
            as_json(found)
        else:
            lay(table(found) if found else Group("No tasks here."))


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
            out.print(f"{name:12} {plain(str(value))}", soft_wrap=True)
        out.print()
        lay(history(events))


@app.command()
def create(
    title: str,
    for_: Annotated[str | None, typer.Option("--for", help="how long, such as 90s or 1h 30m")] = None,
    label: Annotated[list[str] | None, typer.Option("--label", "-l")] = None,
    description: Annotated[str, typer.Option("--description", "-d")] = "",
    kind: Annotated[str, typer.Option("--kind", "-k", help="what it does; a timer waits")] = "timer",
    input_: Annotated[
        str | None, typer.Option("--input", "-i", help="JSON for the kind; @FILE reads it from a file")
    ] = None,
    priority: Annotated[int, typer.Option("--priority", help="a greater number is more urgent")] = 0,
    attempts: Annotated[int, typer.Option("--attempts", help="how often work that fails is tried")] = 1,
    run_now: Annotated[bool, typer.Option("--run", help="and run it at once")] = False,
    profile: Profile = None,
    workspace: Workspace = None,
    as_data: Json = False,
) -> None:
    """Create a task."""
    with in_words():
        given: TaskInput = {
            "title": title,
            "description": description,
            "labels": label or [],
            "kind": kind,
            "priority": priority,
            "maxAttempts": attempts,
        }
        if for_ is not None:
            given["durationMs"] = milliseconds(for_)
        if input_ is not None:
            given["input"] = json_of(input_)
    with talking(profile, workspace) as talk:
        task = talk.fermata.create_task(talk.workspace()["id"], given)["createTask"]["task"]
        if run_now:
            task = talk.fermata.run_task(task["id"])["runTask"]["task"]
        if as_data:
            as_json(task)
        else:
            said(task)


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


def facts(task: TaskFields) -> dict[str, Any]:
    """What there is to say, in the order in which one asks."""
    now = datetime.now(UTC)
    spent = f"{spent_of(task, now)} ({progress(task, now)})"
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
