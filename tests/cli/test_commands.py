"""The commands of people against a real server: what they print, what they keep, and how they end."""

import json
from datetime import datetime, timedelta

import pytest
from fixtures.terminal import Terminal

from cli.talk import in_words


async def test_one_signs_in_creates_runs_pauses_and_lists(terminal: Terminal) -> None:
    out = await terminal.done("login", terminal.address, "--token", terminal.token)
    assert out.splitlines() == [
        f"Signed in at {terminal.address} as Ada.",
        "Token “laptop”: works until it is revoked.",
        f"Workspace {terminal.slug}: EDITOR",
        "Next: fermata tasks list",
    ]
    kept = terminal.home / "fermata" / "profiles.json"
    assert kept.stat().st_mode & 0o777 == 0o600
    made = json.loads(
        await terminal.done("tasks", "create", "Bake", "--for", "1h", "--label", "oven", "--run", "--json")
    )
    assert (made["status"], made["durationMs"], made["labels"]) == ("IN_PROGRESS", 3_600_000, ["oven"])
    assert await terminal.done("tasks", "pause", made["id"], "-r", "lunch") == f"Bake: paused  {made['id']}\n"
    shown = await terminal.done("tasks", "list", "--status", "paused")
    assert "Bake" in shown
    assert made["id"] in shown
    assert await terminal.done("tasks", "list", "--status", "failed") == "No tasks here.\n"
    everything = await terminal.done("tasks", "show", made["id"])
    assert "You may" in everything
    assert "lunch" in everything


async def test_a_pause_may_end_by_itself_and_a_deletion_is_asked_about_first(terminal: Terminal) -> None:
    await terminal.done("login", terminal.address, "--token", terminal.token)
    id = json.loads(await terminal.done("tasks", "create", "Bake", "--for", "1h", "--run", "--json"))["id"]
    code, _, errors = await terminal.type("tasks", "pause", id, "--for", "soon")
    assert (code, errors) == (2, "'soon' is no duration: write for example 90s, 10m or 1h 30m\n")
    paused = json.loads(await terminal.done("tasks", "pause", id, "--for", "30m", "--json"))
    left = datetime.fromisoformat(paused["resumeAt"]) - datetime.fromisoformat(paused["updatedAt"])
    assert paused["status"] == "PAUSED"
    assert timedelta(minutes=25) < left < timedelta(minutes=35)
    code, out, errors = await terminal.type("tasks", "delete", id, answers="n\n")
    assert (code, out.strip(), errors.strip()) == (1, "n", "Delete “Bake”? [y/N]:")  # what is typed is seen
    assert "Bake" in await terminal.done("tasks", "list")
    assert await terminal.done("tasks", "delete", id, "--yes", "-r", "made twice") == f"Bake: deleted  {id}\n"
    assert await terminal.done("tasks", "list") == "No tasks here.\n"


async def test_a_task_is_watched_to_its_end(terminal: Terminal) -> None:
    environment = {"FERMATA_URL": terminal.address, "FERMATA_TOKEN": terminal.token}
    _, out, _ = await terminal.type("tasks", "create", "Blink", "--for", "300ms", "--run", "--json", **environment)
    id = json.loads(out)["id"]
    code, out, errors = await terminal.type("tasks", "watch", id, "--json", "--every", "0.2", **environment)
    assert (code, errors, json.loads(out)["status"]) == (0, "", "COMPLETED")
    code, out, errors = await terminal.type(
        "tasks", "watch", id, **environment
    )  # into a pipe: how it ended, and no drawing
    assert (code, errors, out.count("Blink"), "\x1b" in out, out[-1]) == (0, "", 1, False, "\n")


async def test_each_failure_is_a_sentence_and_an_exit_code(terminal: Terminal) -> None:
    code, _, errors = await terminal.type("tasks", "list")
    assert (code, errors) == (2, "You are not signed in: run `fermata login ADDRESS`.\n")
    code, _, errors = await terminal.type("login", terminal.address, "--token", "fmt_wrong")
    assert code == 1
    assert errors.startswith(f"{terminal.address} does not take this token (any more)")
    code, _, errors = await terminal.type("login", "example.com", "--token", "x")
    assert (code, errors) == (2, "example.com is no address: it begins with http:// or https://\n")
    code, _, errors = await terminal.type("tasks", "list", FERMATA_URL="http://127.0.0.1:9", FERMATA_TOKEN="fmt_x")
    assert code == 3
    assert "does the server run?" in errors
    await terminal.done("login", terminal.address, "--token", terminal.token)
    id = json.loads(await terminal.done("tasks", "create", "Bake", "--for", "1h", "--json"))["id"]
    code, _, errors = await terminal.type("tasks", "pause", id)
    assert code == 1
    assert "Traceback" not in errors
    code, _, errors = await terminal.type("tasks", "create", "Bake", "--for", "soon")
    assert code == 2
    assert "write for example 90s" in errors
    code, _, errors = await terminal.type("tasks", "list", "-w", "elsewhere")
    assert (code, errors) == (1, "There is no workspace “elsewhere” for this token.\n")


async def test_a_refusal_says_the_whole_rule_and_how_far_a_token_goes(terminal: Terminal) -> None:
    await terminal.done("login", terminal.address, "--token", terminal.token)
    (id,) = await terminal.tasks("Bake")
    told = {"FERMATA_TOKEN": await terminal.lesser("OPERATOR")}
    code, _, errors = await terminal.type("tasks", "delete", id, "--yes", **told)
    assert (code, errors) == (
        1,
        "You are an OPERATOR here; deleting needs EDITOR for one's own tasks, ADMIN for all: ask an admin of the workspace."
        " A token goes no further than the role that it was made for: `fermata whoami` tells it.\n",
    )
    assert id in await terminal.done("tasks", "list")


async def test_a_sign_in_is_forgotten(terminal: Terminal) -> None:
    await terminal.done("login", terminal.address, "--token", terminal.token, "--profile", "work")
    listed = await terminal.type_for_real("profiles")
    assert listed == (0, f"work\t{terminal.address}\t\n", "")
    await terminal.done("logout", "--profile", "work")
    assert await terminal.done("profiles") == "None yet: run `fermata login ADDRESS`.\n"
    code, _, errors = await terminal.type("logout", "--profile", "work")
    assert (code, errors) == (2, "There is no sign-in work: `fermata profiles` lists them.\n")


def test_a_reader_who_has_had_enough_is_no_server_that_does_not_answer() -> None:
    with pytest.raises(BrokenPipeError), in_words():
        raise BrokenPipeError


async def test_the_program_itself_talks_to_the_server_and_ends_with_the_code(terminal: Terminal) -> None:
    told = {"FERMATA_URL": terminal.address, "FERMATA_TOKEN": terminal.token}
    assert await terminal.type_for_real("tasks", "list", **told) == (0, "No tasks here.\n", "")
    code, out, errors = await terminal.type_for_real("tasks", "show", "nothing", **told)
    assert (code, out) == (1, "")
    assert "Traceback" not in errors
