"""Tasks by the dozen: picked by options, shown, asked about, and changed in one go; and what work is given and writes."""

import json
from pathlib import Path

import pytest
from fermata_client import Fermata
from fixtures.terminal import Terminal
from typer.testing import CliRunner

from cli.__main__ import app


async def test_tasks_are_picked_by_a_filter_and_what_would_happen_is_shown_before_one_is_asked(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    await terminal.done("login", terminal.address, "--token", terminal.token)
    await terminal.done("tasks", "create", "Bake", "--for", "1h", "--label", "oven", "--run")
    await terminal.done("tasks", "create", "Bread", "--for", "1h", "--label", "oven")
    await terminal.done("tasks", "create", "Tea", "--for", "1h", "--run")
    pause = ("tasks", "pause", "--label", "oven")
    code, out, errors = await terminal.type(*pause, "--dry-run")
    assert (code, errors) == (1, "")
    assert "run it first" in out
    assert "1 of 2 tasks would be paused, 1 would not change." in out
    code, out, errors = await terminal.type(*pause)  # nobody is there to be asked
    assert (code, out) == (2, "")
    assert "1 of 2 tasks would be paused" in errors
    assert "Say --yes to go on" in errors
    monkeypatch.setattr("cli.many.at_terminal", lambda: True)
    code, _, errors = await terminal.type(*pause, answers="n\n")
    assert (code, errors.splitlines()[-1]) == (1, "Go on? [y/N]:Nothing was changed.")
    assert await terminal.done("tasks", "list", "--status", "paused") == "No tasks here.\n"
    code, out, _ = await terminal.type(*pause, "--for", "30m", "-r", "lunch", answers="y\n")
    assert code == 1
    assert "1 of 2 tasks paused, 1 refused." in out
    paused = json.loads(
        await terminal.done("tasks", "list", "--status", "paused", "--mine", "--kind", "timer", "--json")
    )
    assert [(task["title"], task["resumeAt"] is not None) for task in paused] == [("Bake", True)]


async def test_only_tasks_that_were_shown_and_still_match_are_changed_after_a_yes(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    await terminal.done("login", terminal.address, "--token", terminal.token)
    bake, tea = await terminal.tasks("Bake", "Tea")

    def meanwhile(question: str) -> bool:  # in the thread of the command
        with Fermata(terminal.address, terminal.token) as other:
            viewer = other.viewer()["viewer"]
            assert viewer is not None
            other.run_task(tea)
            workspace = viewer["workspaces"][0]["workspace"]["id"]
            other.create_task(workspace, {"title": "Late", "durationMs": 3_600_000})
        return True

    monkeypatch.setattr("cli.many.at_terminal", lambda: True)
    monkeypatch.setattr("cli.many.sure", meanwhile)
    code, out, errors = await terminal.type("tasks", "delete", "--status", "not-started", "--json")
    done = json.loads(out)
    assert (code, errors.splitlines()[-1]) == (0, "1 task no longer matches.")
    assert [(one["taskId"], one["changed"]) for one in done["outcomes"]] == [(bake, True)]
    assert await terminal.done("tasks", "delete", "--search", "late", "--yes", "--json") != ""
    left = json.loads(await terminal.done("tasks", "list", "--json"))
    assert [task["title"] for task in left] == ["Tea"]


async def test_several_ids_go_on_after_a_refusal_and_the_exit_code_tells_of_it(terminal: Terminal) -> None:
    await terminal.done("login", terminal.address, "--token", terminal.token)
    ids = await terminal.tasks("Bake", "Tea")
    code, out, errors = await terminal.type("tasks", "run", ids[0], "nothing", ids[1], "--json")
    assert (code, [task["status"] for task in json.loads(out)]) == (1, ["IN_PROGRESS", "IN_PROGRESS"])
    assert errors == "nothing: id: This is not an id that was given out here: copy it anew.\n"
    code, out, _ = await terminal.type("tasks", "cancel", *ids, "--dry-run")
    assert (code, out.splitlines()[-1]) == (0, "2 of 2 tasks would be cancelled.")
    await terminal.done("tasks", "cancel", "--all", "--yes")
    assert "No task matches." in await terminal.done("tasks", "cancel", "--status", "in-progress", "--yes")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), "Which tasks? Give ids, or pick by --status, --label, --search, --kind, --mine or --all."),
        (("x", "--label", "oven"), "Name tasks by their ids or pick them by options, not both."),
        (("--all", "--mine"), "--all is every task of the workspace: leave it out to pick some."),
        (("--status", "done"), "done is no status: cancelled, "),
    ],
)
def test_what_cannot_be_meant_is_refused_before_anybody_is_asked(words: tuple[str, ...], said: str) -> None:
    done = CliRunner().invoke(app, ["tasks", "cancel", *words])
    assert done.exit_code == 2
    assert done.stderr.startswith(said)


async def test_work_is_given_its_input_and_its_log_is_printed(terminal: Terminal, tmp_path: Path) -> None:
    await terminal.done("login", terminal.address, "--token", terminal.token)
    given = tmp_path / "input.json"
    given.write_text('{"items": ["a", "b"]}')
    task = json.loads(
        await terminal.done("tasks", "create", "Try", "--kind", "items", "--input", f"@{given}", "--json")
    )
    assert (task["kind"], task["input"]) == ("items", {"items": ["a", "b"]})
    assert await terminal.done("tasks", "logs", task["id"], "--json") == "[]\n"
    for wrong, said in (("{", "--input is no JSON"), (f"@{tmp_path}/none", "cannot be read: No such file")):
        code, _, errors = await terminal.type("tasks", "create", "Try", "--kind", "items", "--input", wrong)
        assert (code, said in errors) == (2, True)
    code, _, errors = await terminal.type("tasks", "create", "Try")
    assert (code, errors) == (1, "--for: is required for a timer\n")
