"""Answers that many share: the very bytes that each would have got alone, and made once."""

import asyncio
import json
import random
from collections.abc import AsyncGenerator
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx2
import pytest
import pytest_asyncio
from fixtures import seed
from fixtures.app import Api, serving
from graphql import GraphQLObjectType, parse
from sqlalchemy import text

from auth.keys import load
from auth.tokens import issue
from gql import http
from gql.execution import core, run
from gql.schema import schema
from gql.shared import FIELDS, shareable
from models.authority import Authority
from models.database import Database
from models.role import ROLES

BOARD = """query ($slug: String!) { workspace(slug: $slug) { id name viewerRole revision counts { status count }
  members { role since user { id displayName } }
  tasks(first: 10) { totalCount pageInfo { hasNextPage endCursor } nodes { id title status allowedActions
    can { action allowed reason } createdBy { displayName } workspace { viewerRole } } } } }"""
OTHERS = (  # each reads something of the person, or something that has no revision
    "query ($slug: String!) { workspace(slug: $slug) { id members { user { email } } } }",
    "query ($slug: String!) { workspace(slug: $slug) { id kinds { name } } }",
    "query ($slug: String!) { viewer { id displayName } workspace(slug: $slug) { id } }",
    "query ($slug: String!) { workspace(slug: $slug) { id events { nodes { action } } } }",
    "query ($slug: String!) { workspace(slug: $slug) { id apiTokens { name } } }",
)


@dataclass
class Counted:
    """Executions so far."""

    count: int = 0


@dataclass
class Shop:
    """A workspace with two people of each role, each of whom has made a task; and the executions that were needed."""

    api: Api
    db: Database
    slug: str
    workspace: UUID
    people: dict[str, tuple[Authority, str]]
    executions: Counted

    async def get(self, name: str, query: str, method: str = "GET", **headers: str) -> httpx2.Response:
        parameters = {"query": query, "variables": json.dumps({"slug": self.slug})}
        given = {"Authorization": f"Bearer {self.people[name][1]}"}
        return await self.api.http.request(method, "/graphql", params=parameters, headers=given | headers)

    async def alone(self, name: str, query: str) -> Any:
        """What somebody gets by POST, which is never shared."""
        body = {"query": query, "variables": {"slug": self.slug}}
        given = {"Authorization": f"Bearer {self.people[name][1]}"}
        return (await self.api.http.post("/graphql", json=body, headers=given)).json()

    def needed(self) -> int:
        """Executions since the last look."""
        found, self.executions.count = self.executions.count, 0
        return found

    async def say(self, statement: str, **values: object) -> None:
        async with self.db.one() as connection:
            await connection.execute(text(statement), values)


@pytest_asyncio.fixture
async def shop(
    db: Database, database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> AsyncGenerator[Shop]:
    counted = Counted()

    async def counting(*given: Any) -> Any:
        counted.count += 1
        return await run(*given)

    monkeypatch.setattr(http, "run", counting)
    async with serving(database_url, tmp_path) as api:
        keys = load(tmp_path / "secret")
        workspace = await seed.workspace(db)
        people: dict[str, tuple[Authority, str]] = {}
        for number, role in zip(count(), [*ROLES, *ROLES], strict=False):
            member = await seed.member(db, workspace, role)
            assert member.session_id
            name = f"{role.value} {number // len(ROLES) + 1}"
            people[name] = (member, issue(keys, member.user_id, member.session_id).text)
        shop = Shop(api, db, f"w-{workspace.hex}", workspace, people, counted)
        for number, (member, _) in enumerate(people.values()):
            await shop.say(
                "insert into tasks (id, workspace_id, title, duration_ms, created_by)"
                " values (gen_random_uuid(), :workspace, :title, 1000, :maker)",
                workspace=workspace,
                title=f"Task {number}",
                maker=member.user_id,
            )
        yield shop


async def test_each_role_gets_its_own_answer_and_all_of_a_role_get_the_same_bytes(shop: Shop) -> None:
    seen: dict[str, bytes] = {}
    for name in shop.people:
        answer = await shop.get(name, BOARD)
        role = name.split()[0]
        assert answer.content == seen.setdefault(role, answer.content)
        told, alone = answer.json(), await shop.alone(name, BOARD)
        for one in (told, alone):  # a shared answer keeps the revision that it was read in, which is as good
            del one["data"]["workspace"]["revision"]
        assert told == alone
        assert told["data"]["workspace"]["viewerRole"] == role
        same = await shop.get(name, BOARD, **{"If-None-Match": answer.headers["etag"]})
        assert same.status_code == 304
    assert len(seen) == len(set(seen.values())) == len(ROLES)
    assert shop.needed() == len(ROLES) + len(shop.people)  # one a role, and each alone


@pytest.mark.parametrize("accept", ["application/json", "application/graphql-response+json", "*/*"])
async def test_a_shared_answer_goes_out_as_the_one_that_was_made(accept: str, shop: Shop) -> None:
    made = await shop.get("EDITOR 1", BOARD, Accept=accept)
    shared = await shop.get("EDITOR 1", BOARD, Accept=accept)
    head = await shop.get("EDITOR 1", BOARD, "HEAD", Accept=accept)
    assert shop.needed() == 1
    assert (shared.status_code, shared.content) == (200, made.content)
    assert (head.status_code, head.content) == (200, b"")
    told = [{k: v for k, v in one.headers.items() if k not in ("x-request-id", "date")} for one in (made, shared, head)]
    assert told[0] == told[1] == told[2]


async def test_a_tag_of_a_shared_answer_is_of_the_one_who_got_it(shop: Shop) -> None:
    first, second = await shop.get("EDITOR 1", BOARD), await shop.get("EDITOR 2", BOARD)
    assert first.content == second.content
    assert first.headers["etag"] != second.headers["etag"]
    swapped = await shop.get("EDITOR 1", BOARD, **{"If-None-Match": second.headers["etag"]})
    assert swapped.status_code == 200


async def test_many_who_ask_at_once_after_a_change_are_answered_by_one_execution(shop: Shop) -> None:
    tags = [(await shop.get("VIEWER 1", BOARD)).headers["etag"]] * 20
    await shop.say("update tasks set title = 'Changed' where title = 'Task 0'")
    shop.needed()
    answers = await asyncio.gather(*(shop.get("VIEWER 1", BOARD, **{"If-None-Match": tag}) for tag in tags))
    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.content for answer in answers}) == 1
    assert b"Changed" in answers[0].content
    assert shop.needed() == 1


CHANGES = {
    "a task": ("update tasks set title = 'Changed' where title = 'Task 1'", "Changed"),
    "a name": ("update users set display_name = 'Another Name'", "Another Name"),
    "the workspace": ("update workspaces set name = 'Another Place'", "Another Place"),
    "a role": ("update memberships set role = 'VIEWER' where role = 'EDITOR'", '"viewerRole":"VIEWER"'),
}


@pytest.mark.parametrize(("statement", "shown"), CHANGES.values(), ids=CHANGES.keys())
async def test_a_change_is_in_the_next_answer_of_everyone(statement: str, shown: str, shop: Shop) -> None:
    for name in ("EDITOR 1", "EDITOR 2"):
        assert shown not in (await shop.get(name, BOARD)).text
    await shop.say(statement)
    for name in ("EDITOR 1", "EDITOR 2"):
        assert shown in (await shop.get(name, BOARD)).text


ENDS = {
    "delete from memberships where user_id = :user": 200,
    "update users set disabled = true where id = :user": 401,
    "update sessions set revoked_at = clock_timestamp() where user_id = :user": 401,
}


@pytest.mark.parametrize(("end", "status"), ENDS.items())
async def test_who_may_no_more_gets_nothing_that_others_share(end: str, status: int, shop: Shop) -> None:
    await shop.get("OPERATOR 1", BOARD)
    await shop.get("OPERATOR 2", BOARD)
    await shop.say(end, user=shop.people["OPERATOR 2"][0].user_id)
    assert (await shop.get("OPERATOR 1", BOARD)).json()["data"]["workspace"]["viewerRole"] == "OPERATOR"
    answer = await shop.get("OPERATOR 2", BOARD)
    assert answer.status_code == status
    assert (answer.json().get("data") or {}).get("workspace") is None
    assert "Task" not in answer.text


HAPPENS = (
    "update tasks set title = 'Task ' || random() where workspace_id = :workspace and title like 'Task %1'",
    "update memberships set role = 'VIEWER' where user_id = :user",
    "update memberships set role = 'ADMIN' where user_id = :user",
    "delete from memberships where user_id = :user",
    "insert into memberships (workspace_id, user_id, role) values (:workspace, :user, 'OPERATOR') on conflict do nothing",
    "update users set disabled = not disabled where id = :user",
    "update users set display_name = 'Name ' || random() where id = :user",
)


@pytest.mark.parametrize("seeded", range(2))
async def test_whatever_happens_each_poll_says_what_its_asker_would_be_told_alone(seeded: int, shop: Shop) -> None:
    luck, seen, confirmed = random.Random(seeded), dict[str, httpx2.Response](), 0
    watchers = luck.sample(sorted(shop.people), 4)
    for _ in range(16):
        happens, whom = luck.choice(HAPPENS), luck.choice(watchers)
        values = {"workspace": shop.workspace, "user": shop.people[whom][0].user_id}
        await shop.say(happens, **{name: value for name, value in values.items() if f":{name}" in happens})
        for name in watchers:
            known = seen.get(name)
            answer = await shop.get(name, BOARD, **({"If-None-Match": known.headers["etag"]} if known else {}))
            confirmed += answer.status_code == 304
            shown = (known if answer.status_code == 304 and known else answer).json()
            alone = await shop.alone(name, BOARD)
            for one in (shown, alone):
                if place := (one.get("data") or {}).get("workspace"):
                    del place["revision"]
            assert shown == alone, (happens, name)
            if answer.status_code == 200:
                seen[name] = answer
            elif answer.status_code == 401:
                seen.pop(name, None)
    assert confirmed > 0


@pytest.mark.parametrize("query", OTHERS)
async def test_what_depends_on_the_person_or_has_no_revision_is_made_for_each(query: str, shop: Shop) -> None:
    assert not shareable(core(schema), parse(query))
    for name in shop.people:
        assert (await shop.get(name, query)).json() == await shop.alone(name, query)
    assert shop.needed() == 2 * len(shop.people)


def test_only_fields_that_exist_are_declared_to_be_shared() -> None:
    types = core(schema).type_map
    for name, fields in FIELDS.items():
        found = types[name]
        assert isinstance(found, GraphQLObjectType)
        assert fields <= found.fields.keys()
