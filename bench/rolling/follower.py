"""Somebody who follows a workspace by an event stream, and goes on with Last-Event-ID wherever one ends."""

import asyncio
import json
import time
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from httpx2 import AsyncClient, HTTPError, Response

from bench.served import Member
from gql.ids import NodeType, key_of

FOLLOW = """subscription ($id: ID!) { taskChanged(workspaceId: $id) {
  revision hasMore reset deletedIds tasks { id version } } }"""
PAUSE_SECONDS = 0.05  # before one asks again who was told to, or was cut off


@dataclass
class Follower:
    """Starts with an empty workspace. `longest`: seconds between the end of a stream and the next one's first sign of life."""

    origin: str
    member: Member
    http: AsyncClient
    heard: asyncio.Event = field(default_factory=asyncio.Event)  # the first message
    seen: dict[UUID, int] = field(default_factory=dict[UUID, int])
    events: int = 0
    streams: int = 0
    told: int = 0  # ends that were announced, as docs/api.md says: UNAVAILABLE, then the end
    cut: int = 0  # ends that were not
    again: int = 0  # told to come again at the door
    longest: float = 0.0
    faults: list[str] = field(default_factory=list[str])
    _position: str | None = None
    _ended: float = 0.0

    async def follow(self) -> None:
        """Until it is cancelled."""
        body = {"query": FOLLOW, "variables": {"id": self.member.workspace_id}}
        while True:
            headers = {**self.member.headers, "Accept": "text/event-stream"}
            headers |= {"Last-Event-ID": self._position} if self._position else {}
            try:
                async with self.http.stream(
                    "POST", f"{self.origin}/graphql", json=body, headers=headers, timeout=60
                ) as answer:
                    await self._listen(answer)
            except HTTPError:
                self.cut += 1
            self._ended = time.monotonic()
            await asyncio.sleep(PAUSE_SECONDS)

    async def _listen(self, answer: Response) -> None:
        if answer.status_code != 200:
            said = (await answer.aread()).decode(errors="replace")
            self.again += answer.status_code == 503
            if answer.status_code != 503:
                self.faults.append(f"a stream was answered with {answer.status_code}: {said[:200]}")
            return
        self.streams += 1
        if self._ended:
            self.longest = max(self.longest, time.monotonic() - self._ended)
        completed, position = False, None
        async for line in answer.aiter_lines():
            name, _, value = line.partition(":")
            if name == "id":
                position = value.strip()
            elif name == "data" and value.strip():
                self._take(json.loads(value), position)
            elif name == "event":
                completed = value.strip() == "complete"
        if not completed:
            self.cut += 1

    def _take(self, message: dict[str, Any], position: str | None) -> None:
        if errors := message.get("errors"):
            codes = {error["extensions"]["code"] for error in errors}
            self.told += codes == {"UNAVAILABLE"}
            if codes != {"UNAVAILABLE"}:
                self.faults.append(f"a stream ended with {errors}")
            return
        changes = message["data"]["taskChanged"]
        if changes["reset"]:
            self.faults.append("a stream was told to begin anew, though nothing was restored")
        for task in changes["tasks"]:
            task_id, version = key_of(NodeType.TASK, task["id"], "id"), task["version"]
            if version < self.seen.get(task_id, 0):
                self.faults.append(f"{task_id} went back from version {self.seen[task_id]} to {version}")
            self.seen[task_id] = version
        self.events += 1
        self._position = position
        self.heard.set()
