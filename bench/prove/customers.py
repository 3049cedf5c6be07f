"""People who go on working while servers and PostgreSQL are killed under them: on one task, and on many at once.

The key of a request is also the title of a task that it makes, or the reason of a change, so that the history tells what
was done twice. What is done to many has a key that begins with `MANY`: its reason stands in the history of each of them.
"""

import asyncio
from typing import Any

from bench.prove.caller import Acknowledged, Caller
from gql.ids import NodeType, key_of

MANY = "many"
CROWD = 100  # tasks of one who works on many
CREATE = """mutation ($id: ID!, $title: String!, $ms: Int!) {
  done: createTask(workspaceId: $id, input: {title: $title, durationMs: $ms}) {
    task { id } event { action version } } }"""
ACT = """mutation ($id: ID!, $reason: String!) {
  done: %sTask(id: $id, reason: $reason) { task { id } event { action version } } }"""
CREATE_MANY = """mutation ($id: ID!, $inputs: [TaskInput!]!) {
  done: createTasks(workspaceId: $id, inputs: $inputs) { id } }"""
ACT_ON_MANY = """mutation ($w: ID!, $ids: [ID!]!, $action: TaskAction!, $reason: String!) {
  done: transitionTasks(workspaceId: $w, action: $action, target: {ids: $ids}, reason: $reason) {
    outcomes { taskId changed code } } }"""
STORIES = (
    ("run",),
    ("run", "pause", "resume"),
    ("run", "cancel", "run"),
    ("run", "pause", "cancel", "run", "pause", "resume"),
    ("run", "pause"),
)
SHORTEST_MS, LONGEST_MS = 200, 4000


class Customer(Caller):
    """Works on one task after the other."""

    async def work(self, over: asyncio.Event) -> None:
        """Story after story, until it is over."""
        while not over.is_set():
            ms = self.luck.randint(SHORTEST_MS, LONGEST_MS)
            made = self.remember(*await self.do(CREATE, id=self.member.workspace_id, title="$KEY", ms=ms))
            if made is None:
                continue
            for action in self.luck.choice(STORIES):
                await asyncio.sleep(self.luck.random() / 10)
                self.remember(*await self.do(ACT % action, id=made["task"]["id"], reason="$KEY"))

    def remember(self, key: str, done: Any) -> Any:
        """What was acknowledged."""
        if done is not None:
            task_id, event = key_of(NodeType.TASK, done["task"]["id"], "id"), done["event"]
            self.tally.acknowledged.append(Acknowledged(task_id, event["version"], event["action"], key))
        return done


class Many(Caller):
    """Works on many tasks at once."""

    async def work(self, over: asyncio.Event) -> None:
        """Story after story, until it is over."""
        while not over.is_set():
            inputs = [
                {"title": f"$KEY.{number}", "durationMs": self.luck.randint(SHORTEST_MS, 4 * LONGEST_MS)}
                for number in range(CROWD)
            ]
            key, made = await self.do(CREATE_MANY, id=self.member.workspace_id, inputs=inputs)
            if made is None:
                continue
            ids = [task["id"] for task in made]
            self.remember(key, "CREATED", 1, ids)
            for action in self.luck.choice(STORIES):
                await asyncio.sleep(self.luck.random() / 2)
                await self.act(action.upper(), self.luck.sample(ids, self.luck.randint(1, CROWD)))

    async def act(self, action: str, ids: list[str]) -> None:
        """Ask it of all of them; those that cannot are refused, for a reason that people may meet."""
        key, done = await self.do(ACT_ON_MANY, w=self.member.workspace_id, ids=ids, action=action, reason="$KEY")
        if done is None:
            return
        self.remember(key, action, None, [one["taskId"] for one in done["outcomes"] if one["changed"]])
        codes = {one["code"] for one in done["outcomes"]} - {None, "ILLEGAL_TRANSITION"}
        self.tally.refused += sum(one["code"] is not None for one in done["outcomes"])
        if codes or len(done["outcomes"]) != len(ids):
            self.tally.faults.append(f"{key}: {len(done['outcomes'])} outcomes for {len(ids)} tasks, {sorted(codes)}")

    def remember(self, key: str, action: str, version: int | None, ids: list[str]) -> None:
        """What was acknowledged."""
        self.tally.acknowledged += [Acknowledged(key_of(NodeType.TASK, id, "id"), version, action, key) for id in ids]
