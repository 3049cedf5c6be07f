"""What is asked while lines to PostgreSQL are cut: of every kind one, and some at once. No two new tasks share a title."""

import json
import random
from collections.abc import Callable, Sequence
from typing import Any
from urllib.parse import urlencode

from bench.prove.raw import Raw
from bench.prove.residents import PASSWORD, Place
from models.role import Role

TOGETHER = 5  # new tasks of one request
SUPPLY = 100
PAGE = """query ($slug: String!) { workspace(slug: $slug) { id counts { status count }
  tasks(first: 10) { nodes { id title status version elapsedMs allowedActions } } } }"""
CREATE = """mutation ($id: ID!, $title: String!) {
  createTask(workspaceId: $id, input: {title: $title, durationMs: 60000}) { task { id } } }"""
MANY = """mutation ($id: ID!, $inputs: [TaskInput!]!) { createTasks(workspaceId: $id, inputs: $inputs) { id } }"""
WORKSPACE = "mutation ($name: String!) { createWorkspace(name: $name) { id } }"
RUN = "mutation ($id: ID!, $reason: String!) { runTask(id: $id, reason: $reason) { event { id } } }"
SIGN_IN = "mutation ($input: SignInInput!) { signIn(input: $input) { accessToken } }"


class Asks:
    """Requests of an admin, by name. `x-titles` is a header for us alone: the titles of new tasks, or the reason of a change."""

    def __init__(self, place: Place, luck: random.Random) -> None:
        self._place, self._luck = place, luck
        self._number = 0
        self.tag = ""  # of the last answer to a poll
        self.fresh: list[str] = []  # tasks that nothing has been done with
        tokens = dict(place.tokens[: len(Role) + 1])
        self._headers = {"authorization": f"Bearer {tokens[Role.ADMIN]}"}
        self.by_name: dict[str, Callable[[], Sequence[Raw]]] = {
            "a poll": lambda: [self._poll()],
            "a page": lambda: [self.page()],
            "a new task": lambda: [self._create()],
            "a new task, under a key": lambda: [self._create(keyed=True)],
            "new tasks": lambda: [self._many()],
            "a change": lambda: [self._run()],
            "a change, under a key": lambda: [self._run(keyed=True)],
            "a new workspace": lambda: [self._workspace()],
            "a sign-in": lambda: [self._sign_in()],
            "some at once": lambda: [self.page(), self._poll(), self._create(), self._run(), self._create(keyed=True)],
        }

    def _title(self) -> str:
        self._number += 1
        return f"cut {self._number}"

    def _post(self, query: str, titles: Sequence[str] = (), *, key: str | None = None, **variables: Any) -> Raw:
        headers = {**self._headers, "content-type": "application/json", "x-titles": json.dumps(titles)}
        headers |= {"idempotency-key": key} if key else {}
        return Raw(content=json.dumps({"query": query, "variables": variables}).encode(), headers=headers)

    def _poll(self) -> Raw:
        query = urlencode({"query": PAGE, "variables": json.dumps({"slug": self._place.known["slug"][0]})}).encode()
        return Raw("GET", query=query, headers={**self._headers, "if-none-match": self.tag})

    def page(self) -> Raw:
        """A page of tasks."""
        return self._post(PAGE, slug=self._place.known["slug"][0])

    def _create(self, *, keyed: bool = False) -> Raw:
        title = self._title()
        key = title if keyed else None
        return self._post(CREATE, [title], key=key, id=self._place.known["workspaceId"][0], title=title)

    def _many(self) -> Raw:
        titles = [self._title() for _ in range(TOGETHER)]
        inputs = [{"title": title, "durationMs": 60_000} for title in titles]
        return self._post(MANY, titles, id=self._place.known["workspaceId"][0], inputs=inputs)

    def supply(self) -> Raw:
        """What makes fresh tasks; their ids are those of the answer."""
        inputs = [{"title": "fresh", "durationMs": 3_600_000}] * SUPPLY
        return self._post(MANY, id=self._place.known["workspaceId"][0], inputs=inputs)

    def _run(self, *, keyed: bool = False) -> Raw:
        reason = self._title()
        return self._post(RUN, [reason], key=reason if keyed else None, id=self.fresh.pop(), reason=reason)

    def _workspace(self) -> Raw:
        return self._post(WORKSPACE, name=self._title())

    def _sign_in(self) -> Raw:
        return self._post(SIGN_IN, input={"email": self._luck.choice(self._place.known["email"]), "password": PASSWORD})
