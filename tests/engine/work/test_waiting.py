"""Why a task does not move, in words."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from uuid import UUID

import pytest

from engine.waiting import waiting_for
from models.lifecycle import Status
from models.task import Task

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
TASK = Task(
    id=UUID(int=1),
    workspace_id=UUID(int=2),
    title="t",
    description="",
    labels=[],
    kind="items",
    input={},
    status=Status.QUEUED,
    duration_ms=None,
    elapsed_ms=0,
    progress=None,
    progress_note=None,
    result=None,
    error=None,
    priority=0,
    timeout_ms=None,
    max_attempts=3,
    version=1,
    created_by=None,
    created_at=NOON,
    updated_at=NOON,
    last_run_at=None,
    due_at=None,
    resume_at=None,
    completed_at=None,
    attempt=1,
    lease_owner=None,
    lease_epoch=0,
    deadline_at=NOON,
    failures=0,
    held_by=None,
)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"status": Status.NOT_STARTED}, "waiting to be run"),
        ({}, "waiting for a worker"),
        ({"failures": 1}, "waiting to be tried again (2 of 3)"),
        ({"held_by": "w3"}, "waiting for worker w3, which holds it in place, to have room for it"),
        ({"status": Status.IN_PROGRESS, "lease_owner": "w3"}, None),
        (
            {"status": Status.IN_PROGRESS, "lease_owner": "w3", "unheard_since": NOON},
            "worker w3 not heard of since 2026-03-01 12:00:00 UTC",
        ),
        (
            {"status": Status.CANCELLING, "lease_owner": "w3", "unheard_since": NOON},
            "worker w3 not heard of since 2026-03-01 12:00:00 UTC",
        ),
        ({"status": Status.PAUSING, "lease_owner": "w3"}, "waiting for worker w3 to put it down"),
        ({"status": Status.CANCELLING, "lease_owner": "w3"}, "waiting for worker w3 to stop it"),
        ({"status": Status.PAUSED}, "paused"),
        ({"status": Status.PAUSED, "resume_at": NOON}, "paused, resumes 2026-03-01 12:00:00 UTC"),
        ({"status": Status.PAUSED, "paused_by": "EDITOR"}, "paused by an editor"),
        (
            {
                "status": Status.PAUSED,
                "paused_by": "OPERATOR",
                "pause_reason": "database maintenance",
                "resume_at": NOON,
            },
            "paused by an operator: database maintenance, resumes 2026-03-01 12:00:00 UTC",
        ),
        ({"status": Status.PAUSED, "held_by": "w3"}, "paused, held in place on worker w3"),
        ({"status": Status.COMPLETED}, None),
        ({"status": Status.FAILED}, None),
        ({"status": Status.CANCELLED}, None),
    ],
)
def test_every_status_says_what_it_waits_for(changes: dict[str, object], words: str | None) -> None:
    assert waiting_for(replace(TASK, **changes)) == words


def test_the_words_do_not_depend_on_the_deadline_or_the_zone() -> None:
    assert waiting_for(replace(TASK, deadline_at=NOON + timedelta(hours=1))) == waiting_for(TASK)
    elsewhere = NOON.astimezone(timezone(timedelta(hours=9)))
    assert (
        waiting_for(replace(TASK, status=Status.PAUSED, resume_at=elsewhere))
        == "paused, resumes 2026-03-01 12:00:00 UTC"
    )
