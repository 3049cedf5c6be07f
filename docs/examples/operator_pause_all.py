"""An OPERATOR's program: pause everything that runs, with a reason, and say what would not be paused and why.

FERMATA_URL=http://127.0.0.1:8000 FERMATA_TOKEN=fmt_… python operator_pause_all.py my-team "database maintenance"
"""

import os
import sys

from fermata_client import Fermata
from fermata_client.operations import TaskTarget
from fermata_client.operations import TransitionTasksTransitionTasks as Outcome


def main(slug: str, reason: str) -> None:
    """First ask what would happen, then do it; each task has its own outcome."""
    with Fermata(os.environ["FERMATA_URL"], os.environ["FERMATA_TOKEN"]) as fermata:
        workspace = fermata.workspace(slug)["workspace"]
        if workspace is None:
            raise SystemExit(f"There is no workspace {slug} for this token.")
        would = pause(fermata, workspace["id"], reason, dry_run=True)
        print(f"{would['changed']} of {would['matched']} running tasks can be paused.")
        done = pause(fermata, workspace["id"], reason, dry_run=False)
        print(f"{done['changed']} paused, {done['refused']} refused.")
        for outcome in done["outcomes"]:
            if not outcome["changed"]:
                print(f"{outcome['taskId']}: {outcome['message']}")


def pause(fermata: Fermata, workspace_id: str, reason: str, *, dry_run: bool) -> Outcome:
    """Pause what is in progress, by filter: the server picks the tasks in the moment of the change."""
    target: TaskTarget = {"filter": {"status": ["IN_PROGRESS"]}}
    data = fermata.transition_tasks(workspace_id, "PAUSE", target, reason=reason, dry_run=dry_run)
    return data["transitionTasks"]


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
