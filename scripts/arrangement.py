"""Uses an arrangement of containers as people do, for scripts/containers.sh: `arrangement.py use | check ORIGIN FILE`.

`use` makes the first account with the set-up link on the standard input, has work done until two workers have had a part in
it, leaves a paused timer behind, and writes down in FILE what it has seen; `check` finds the same there again, and has work
done once more. Standard library only.
"""

from __future__ import annotations

import json
import re
import sys
import time
import urllib.request
from pathlib import Path
from typing import Any

PATIENCE = 120.0
TASKS = 8
PERSON = {"email": "ada@example.com", "password": "correct horse battery staple", "displayName": "Ada"}
SIGN_UP = """mutation ($input: SignUpInput!) {
  done: signUp(input: $input) { accessToken user { workspaces { workspace { id slug } } } } }"""
SIGN_IN = "mutation ($input: SignInInput!) { done: signIn(input: $input) { accessToken } }"
CREATE = "mutation ($id: ID!, $inputs: [TaskInput!]!) { done: createTasks(workspaceId: $id, inputs: $inputs) { id } }"
ACT = "mutation ($id: ID!) { done: %sTask(id: $id) { task { status } } }"
LOOK = """query ($slug: String!) { done: workspace(slug: $slug) { id tasks(first: 100) { nodes { id title status elapsedMs version
  events(first: 20) { nodes { action detail } } } } } }"""


class Place:
    """The API at an address, as one person."""

    def __init__(self, origin: str) -> None:
        self.origin, self.token = origin, ""

    def ask(self, query: str, **variables: Any) -> Any:
        """The data of an answer without errors."""
        headers = {"Content-Type": "application/json"} | (
            {"Authorization": f"Bearer {self.token}"} if self.token else {}
        )
        body = json.dumps({"query": query, "variables": variables}).encode()
        with urllib.request.urlopen(
            urllib.request.Request(f"{self.origin}/graphql", body, headers), timeout=60
        ) as answer:
            told = json.load(answer)
        if "errors" in told:
            raise SystemExit(f"arrangement: {told['errors']}")
        return told["data"]["done"]

    def tasks(self, slug: str) -> list[dict[str, Any]]:
        """What there is."""
        return self.ask(LOOK, slug=slug)["tasks"]["nodes"]

    def work(self, workspace: str, slug: str, title: str) -> set[str]:
        """Have some work done; who did it."""
        given = {"items": ["a", "b", "c"], "eachMs": 300}
        made = self.ask(
            CREATE,
            id=workspace,
            inputs=[{"title": f"{title} {n}", "kind": "items", "input": given} for n in range(TASKS)],
        )
        for task in made:
            self.ask(ACT % "run", id=task["id"])
        ids, until = {task["id"] for task in made}, time.monotonic() + PATIENCE
        while True:
            found = [task for task in self.tasks(slug) if task["id"] in ids]
            if {task["status"] for task in found} == {"COMPLETED"}:
                return {owner for task in found for owner in _owners(task)}
            if time.monotonic() > until:
                raise SystemExit(f"arrangement: after {PATIENCE:.0f} s the work stands at {found}")
            time.sleep(0.5)


def _owners(task: dict[str, Any]) -> list[str]:
    claims = [event["detail"] for event in task["events"]["nodes"] if event["action"] == "CLAIMED"]
    return [detail["worker"]["after"] for detail in claims]


def use(place: Place, file: Path) -> None:
    """The first account, work by two workers, and a timer that is paused."""
    link = re.findall(r"/set-up#(\S+)", sys.stdin.read())[-1]
    made = place.ask(SIGN_UP, input={**PERSON, "setupToken": link})
    place.token = made["accessToken"]
    workspace = made["user"]["workspaces"][0]["workspace"]
    workers, until = set[str](), time.monotonic() + PATIENCE
    while len(workers) < 2:
        if time.monotonic() > until:
            raise SystemExit(f"arrangement: all the work was done by {workers}")
        workers |= place.work(workspace["id"], workspace["slug"], "work")
    timer = place.ask(CREATE, id=workspace["id"], inputs=[{"title": "kept", "durationMs": 3_600_000}])[0]["id"]
    for action in ("run", "pause"):
        place.ask(ACT % action, id=timer)
    file.write_text(json.dumps([workspace, place.tasks(workspace["slug"])]))
    print(f"arrangement: signed up; work done by {', '.join(sorted(workers))}; a timer is paused")


def check(place: Place, file: Path) -> None:
    """Everything is as it was, and goes on."""
    workspace, before = json.loads(file.read_text())
    place.token = place.ask(SIGN_IN, input={name: PERSON[name] for name in ("email", "password")})["accessToken"]
    if (now := place.tasks(workspace["slug"])) != before:
        raise SystemExit(f"arrangement: {now} is not {before}")
    timer = next(task["id"] for task in now if task["title"] == "kept")
    place.ask(ACT % "resume", id=timer)
    workers = place.work(workspace["id"], workspace["slug"], "more")
    print(
        f"arrangement: all {len(now)} tasks are as they were; the timer goes on; work done by {', '.join(sorted(workers))}"
    )


if __name__ == "__main__":
    {"use": use, "check": check}[sys.argv[1]](Place(sys.argv[2]), Path(sys.argv[3]))
