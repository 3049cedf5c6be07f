"""How the command line writes and reads durations, progress and other people's text."""

from datetime import UTC, datetime, timedelta
from io import StringIO
from typing import cast

import pytest
from fermata_client.operations import EventFields, TaskFields
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console, Group
from rich.table import Table

from cli.show import Outcome, duration, elapsed, history, lay, milliseconds, outcomes, plain, progress, spent_of, table

NOW = datetime(2026, 11, 28, 12, tzinfo=UTC)


def task(**fields: object) -> TaskFields:
    usual = {"kind": "timer", "status": "IN_PROGRESS", "durationMs": 60_000, "elapsedMs": 10_000, "progress": None}
    return cast("TaskFields", {**usual, "lastRunAt": (NOW - timedelta(seconds=5)).isoformat(), **fields})


@pytest.mark.parametrize(
    ("words", "amount"), [("90s", 90_000), ("1h 30m", 5_400_000), ("2.5m", 150_000), ("250ms", 250), ("1d", 86_400_000)]
)
def test_a_duration_is_read_as_people_write_it(words: str, amount: int) -> None:
    assert milliseconds(words) == amount


@pytest.mark.parametrize("words", ["", "soon", "10", "5 minutes", "-1s", "0s"])
def test_what_is_no_duration_is_refused_with_an_example(words: str) -> None:
    with pytest.raises(ValueError, match="write for example 90s"):
        milliseconds(words)


@given(st.integers(1, 2**31 - 1))
def test_what_is_written_is_read_again_but_for_what_was_left_out(amount: int) -> None:
    assert 0 <= amount - milliseconds(duration(amount)) < max(1000, amount // 24 + 1)


def test_the_time_that_runs_is_counted_and_never_passes_the_end() -> None:
    assert elapsed(task(), NOW) == 15_000
    assert elapsed(task(), NOW + timedelta(hours=1)) == 60_000
    assert elapsed(task(), NOW - timedelta(hours=1)) == 10_000
    assert elapsed(task(status="PAUSED"), NOW) == 10_000
    assert progress(task(), NOW) == "25 %"
    assert progress(task(status="COMPLETED"), NOW) == "100 %"
    assert progress(task(kind="items", progress=0.5), NOW) == "50 %"
    assert progress(task(kind="items", durationMs=None), NOW) == "–"


def test_work_without_a_duration_is_not_said_to_be_of_one() -> None:
    assert spent_of(task(status="PAUSED"), NOW) == "10s of 1m"
    assert spent_of(task(kind="items", durationMs=None, status="PAUSED"), NOW) == "10s"


def test_other_peoples_text_cannot_play_with_the_terminal() -> None:
    assert plain("\x1b[31mred[/] \x07") == " \\[31mred\\[/]  "


ID = "VGFzazowMWEyMjQzYy0wM2FhLTcyM2MtYjhmZS1kMGQyODBhM2E0Yjg="


def shown(found: Table | Group, width: int) -> str:
    console = Console(width=width, file=StringIO(), record=True)
    lay(found, console)
    return console.export_text()


@pytest.mark.parametrize("width", [20, 40, 60, 80, 109, 110, 200])
def test_a_terminal_of_any_width_shows_title_state_and_the_whole_id_in_one_piece(width: int) -> None:
    said = shown(table([task(id=ID, title="Bake the bread", status="PAUSED")], NOW, width), width)
    assert all(part in said for part in ("Bake the bread", "paused", "16 %", "10s", "1m", ID))
    refused = {
        "taskId": ID,
        "title": "Bake",
        "changed": False,
        "status": "PAUSED",
        "message": "It is paused: resume it.",
    }
    said = shown(outcomes([cast("Outcome", refused)], width), width)
    assert all(part in said for part in ("Bake", "It is paused: resume it.", ID))


@pytest.mark.parametrize("width", [20, 40, 80, 200])
def test_a_moment_of_the_history_is_never_broken_over_lines(width: int) -> None:
    event = {"at": "2026-11-29T09:04:45.474Z", "action": "PAUSE", "via": "laptop", "reason": "lunch"}
    said = shown(history([cast("EventFields", {**event, "actor": {"displayName": "Ada"}})], width), width)
    assert all(part in said for part in (event["at"], "pause", "Ada (by laptop)", "lunch"))


def test_what_is_drawn_over_again_has_no_line_that_a_narrow_terminal_would_break() -> None:
    said = shown(table([task(id=ID, title="Bake", status="PAUSED")], NOW, 40, ids=False), 40)
    assert max(map(len, said.splitlines())) <= 40
