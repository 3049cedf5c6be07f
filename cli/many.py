"""One errand for many tasks: what would happen is shown, then asked about, then done to just the tasks that were shown."""

from dataclasses import dataclass

from fermata_client.operations import DeleteTasksDeleteTasks, TaskAction, TaskTarget, TransitionTasksTransitionTasks
from rich.console import Console

from cli.show import as_json, counted, lay, out, outcomes
from cli.talk import MISUSED, REFUSED, Talk, at_terminal, errors, fail, sure

Payload = TransitionTasksTransitionTasks | DeleteTasksDeleteTasks
SHOWN = 20  # before one is asked; what was done is told in full
TOLD = 3000  # outcomes of one call: more would cost more than the API allows
WORDS: dict[TaskAction | None, str] = {
    "RUN": "started",
    "PAUSE": "paused",
    "RESUME": "resumed",
    "CANCEL": "cancelled",
    None: "deleted",
}


@dataclass(frozen=True)
class Errand:
    """What is asked of which tasks; `action` None deletes them, `until` is when a pause ends."""

    talk: Talk
    action: TaskAction | None
    target: TaskTarget
    reason: str | None
    until: str | None

    def run(self, *, dry_run: bool, ask: bool, as_data: bool) -> bool:
        """Whether every task that was meant changed (or would). Ends the command where somebody says no."""
        workspace = self.talk.workspace()["id"]
        target = self._agreed(workspace) if ask and not dry_run else self.target
        dry_run = dry_run or target is None  # nothing would change: just say so
        done = self._send(workspace, target or self.target, dry_run=dry_run)
        if as_data:
            as_json({"dryRun": dry_run, **done})
        elif done["matched"]:
            self._say(out, done, len(done["outcomes"]), dry_run)
        else:
            out.print("No task matches.")
        return done["refused"] == 0

    def _agreed(self, workspace: str) -> TaskTarget | None:
        """The tasks that were shown and still match when one has agreed; None: nothing would change."""
        matched = self._matching(workspace)
        shown = self._send(workspace, self.target, dry_run=True, first=SHOWN)
        if not shown["changed"]:
            return None
        self._say(errors, shown, SHOWN, dry_run=True)
        if not at_terminal():
            fail("Nothing was changed: there is nobody to ask here. Say --yes to go on, or --dry-run to look.", MISUSED)
        if not sure("Go on?"):
            fail("Nothing was changed.", REFUSED)
        left = matched & self._matching(workspace)
        if gone := len(matched) - len(left):
            errors.print(f"{counted(gone, 'task')} no longer match{'es' * (gone == 1)}.")
        return {"ids": sorted(left)}

    def _matching(self, workspace: str) -> set[str]:
        found = self.talk.fermata.matching_tasks(workspace, self.target)["transitionTasks"]["outcomes"]
        return {one["taskId"] for one in found}

    def _send(self, workspace: str, target: TaskTarget, *, dry_run: bool, first: int = TOLD) -> Payload:
        fermata = self.talk.fermata
        if self.action is None:
            gone = fermata.delete_tasks(workspace, target, reason=self.reason, dry_run=dry_run, first=first)
            return gone["deleteTasks"]
        return fermata.transition_tasks(
            workspace,
            self.action,
            target,
            reason=self.reason,
            resume_at=self.until,
            dry_run=dry_run,
            first=first,
        )["transitionTasks"]

    def _say(self, where: Console, done: Payload, most: int, dry_run: bool) -> None:
        lay(outcomes(done["outcomes"][:most], width=where.width, gone=None if self.action else "deleted"), where)
        if (more := done["matched"] - most) > 0:
            where.print(f"… and {more} more")
        would = "would be " if dry_run else ""
        left = f", {done['refused']} would not change" if dry_run else f", {done['refused']} refused"
        where.print(
            f"{done['changed']} of {counted(done['matched'], 'task')} {would}{WORDS[self.action]}{left * bool(done['refused'])}.",
            soft_wrap=True,
        )
