"""People who go on working while servers and PostgreSQL are killed under them, and remember what was acknowledged.

A request that was cut off, or told to try again, is sent again with the same Idempotency-Key, as docs/api.md says. The key
is also the title of a task that it makes, or the reason of a change, so that the history tells what was done twice.
"""

import asyncio
import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from httpx2 import AsyncClient, HTTPError, Response

from bench.served import Member
from gql.ids import NodeType, key_of

CREATE = """mutation ($id: ID!, $title: String!, $ms: Int!) {
  done: createTask(workspaceId: $id, input: {title: $title, durationMs: $ms}) {
    task { id } event { action version } } }"""
ACT = """mutation ($id: ID!, $reason: String!) {
  done: %sTask(id: $id, reason: $reason) { task { id } event { action version } } }"""
STORIES = (
    ("run",),
    ("run", "pause", "resume"),
    ("run", "cancel", "run"),
    ("run", "pause", "cancel", "run", "pause", "resume"),
    ("run", "pause"),
)
SHORTEST_MS, LONGEST_MS = 200, 4000
CONFLICTS = 20  # answers "the first is not answered yet" before a customer looks elsewhere


@dataclass(frozen=True)
class Acknowledged:
    """A server has said that it is so."""

    task_id: UUID
    version: int
    action: str
    key: str


@dataclass
class Tally:
    """What all customers have seen."""

    acknowledged: list[Acknowledged] = field(default_factory=list[Acknowledged])
    refused: int = 0  # for a reason that people may meet: the timer was done by then
    unknown: int = 0  # the answer got lost for good: done or not, but never twice
    cut: int = 0  # connections
    again: int = 0  # told to try again
    faults: list[str] = field(default_factory=list[str])


@dataclass
class Customer:
    """One of them. `origins` are the servers, of which any will do."""

    number: int
    origins: Sequence[str]
    member: Member
    tally: Tally
    http: AsyncClient
    luck: random.Random
    keys: int = 0

    async def work(self, over: asyncio.Event) -> None:
        """Story after story, until it is over."""
        while not over.is_set():
            made = await self.do(CREATE, id=self.member.workspace_id, ms=self.luck.randint(SHORTEST_MS, LONGEST_MS))
            if made is None:
                continue
            for action in self.luck.choice(STORIES):
                await asyncio.sleep(self.luck.random() / 10)
                await self.do(ACT % action, id=made["task"]["id"])

    async def do(self, query: str, **variables: Any) -> Any:
        """One change; None where it was refused, or nobody knows."""
        self.keys += 1
        key = f"c{self.number}-{self.keys}"
        variables |= {"title": key} if query is CREATE else {"reason": key}
        for _ in range(CONFLICTS):
            answer = await self.send(key, {"query": query, "variables": variables})
            codes = {error["extensions"]["code"] for error in answer.get("errors", ())}
            if not codes:
                return self.remember(key, answer["data"]["done"])
            if codes == {"ILLEGAL_TRANSITION"}:
                self.tally.refused += 1
                return None
            if codes != {"IDEMPOTENCY_CONFLICT"}:
                self.tally.faults.append(f"{key} was answered with {sorted(codes)}")
                return None
            await asyncio.sleep(0.1)
        self.tally.unknown += 1
        return None

    def remember(self, key: str, done: Any) -> Any:
        """It was acknowledged."""
        task_id = key_of(NodeType.TASK, done["task"]["id"], "id")
        event = done["event"]
        self.tally.acknowledged.append(Acknowledged(task_id, event["version"], event["action"], key))
        return done

    async def send(self, key: str, body: Any) -> Any:
        """Until there is an answer that does not say: try again."""
        while True:
            try:
                response = await self.http.post(
                    f"{self.luck.choice(self.origins)}/graphql",
                    json=body,
                    headers={**self.member.headers, "Idempotency-Key": key},
                )
            except HTTPError:
                self.tally.cut += 1
                await asyncio.sleep(0.05)
                continue
            if response.status_code not in (429, 503):
                return self.read(key, response)
            self.tally.again += 1
            await asyncio.sleep(0.1)

    def read(self, key: str, response: Response) -> Any:
        """The answer. One that is no answer of ours is a fault."""
        if response.status_code >= 500:
            self.tally.faults.append(f"{key} was answered with status {response.status_code}: {response.text[:200]}")
        return response.json()
