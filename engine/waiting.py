"""Why a task does not move, in words. A pure function of the row: it says the same whenever it is read.

It does not look at deadline_at: a heartbeat moves that, and is no change that anybody hears of. A worker's silence is
written into the row (engine/sql/work_silence.sql), as a moment and not as a span, so that nothing here grows old.
"""

from datetime import UTC, datetime

from models.lifecycle import Status
from models.task import Task


def waiting_for(task: Task) -> str | None:
    """What the task waits for; None when it moves, or when there is nothing to wait for any more."""
    if task.unheard_since is not None:
        return f"worker {task.lease_owner} not heard of since {_moment(task.unheard_since)}"
    match task.status:
        case Status.NOT_STARTED:
            return "waiting to be run"
        case Status.QUEUED:
            return _queued(task)
        case Status.PAUSING:
            return f"waiting for worker {task.lease_owner} to put it down"
        case Status.PAUSED:
            return _paused(task)
        case Status.CANCELLING:
            return f"waiting for worker {task.lease_owner} to stop it"
        case Status.IN_PROGRESS | Status.COMPLETED | Status.FAILED | Status.CANCELLED:
            return None


def _queued(task: Task) -> str:
    if task.held_by is not None:
        return f"waiting for worker {task.held_by}, which holds it in place, to have room for it"
    if task.failures:
        return f"waiting to be tried again ({task.failures + 1} of {task.max_attempts})"
    return "waiting for a worker"


def _paused(task: Task) -> str:
    who = "" if task.paused_by is None else f" by an {task.paused_by.lower()}"  # every role that may pause: an …
    why = "" if task.pause_reason is None else f": {task.pause_reason}"
    until = "" if task.resume_at is None else f", resumes {_moment(task.resume_at)}"
    where = "" if task.held_by is None else f", held in place on worker {task.held_by}"
    return f"paused{who}{why}{until}{where}"


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S UTC")
