"""A mutation with an Idempotency-Key is done once, however often it is sent, and its answer is given again."""

import asyncio
from typing import Any

import httpx2
import pytest
from fixtures.small import client
from sqlalchemy import Delete, Update, func, select, text, update
from structlog.testing import capture_logs

from gql import errors
from gql.idempotency import Idempotency
from gql.idempotency_keys import IdempotencyKeys
from models.database import Database, Unavailable
from models.instance import idempotency_keys

ADD = {"query": 'mutation{add(title:"x"){id title}}'}
OTHER = {"query": 'mutation{add(title:"y"){id title}}'}


@pytest.fixture
def world() -> dict[str, Any]:
    return {}


@pytest.fixture
def http(db: Database, world: dict[str, Any]) -> httpx2.AsyncClient:
    return client(world, idempotency=Idempotency(IdempotencyKeys(db), b"secret"))


async def send(http: httpx2.AsyncClient, key: str, body: dict[str, Any] = ADD, who: str = "user:1") -> httpx2.Response:
    return await http.post("", json=body, headers={"Idempotency-Key": key, "X-Principal": who})


def code(response: httpx2.Response) -> tuple[int, str]:
    return response.status_code, response.json()["errors"][0]["extensions"]["code"]


async def test_a_repeat_gets_the_first_answer_and_nothing_is_done_again(
    http: httpx2.AsyncClient, world: dict[str, Any]
) -> None:
    first, second = await send(http, "k"), await send(http, "k")
    assert (first.status_code, second.status_code, world["added"]) == (200, 200, 1)
    assert first.content == second.content == b'{"data":{"add":{"id":"1","title":"x"}}}'
    assert second.headers["set-cookie"] == first.headers["set-cookie"]
    assert "idempotency-replayed" not in first.headers
    assert second.headers["idempotency-replayed"] == "true"


async def test_the_way_a_body_is_written_does_not_make_it_another(
    http: httpx2.AsyncClient, world: dict[str, Any]
) -> None:
    await http.post("", json=ADD | {"variables": {"a": 1, "b": 2}}, headers={"Idempotency-Key": "k"})
    body = b'{ "variables": {"b": 2, "a": 1}, "query": "mutation{add(title:\\"x\\"){id title}}" }'
    headers = {"Idempotency-Key": "k", "Content-Type": "application/json"}
    assert (await http.post("", content=body, headers=headers)).status_code == 200
    assert world["added"] == 1


async def test_a_key_of_another_body_is_a_conflict(http: httpx2.AsyncClient, world: dict[str, Any]) -> None:
    await send(http, "k")
    assert code(await send(http, "k", OTHER)) == (409, "IDEMPOTENCY_CONFLICT")
    assert world["added"] == 1


async def test_a_key_belongs_to_who_used_it(http: httpx2.AsyncClient, world: dict[str, Any]) -> None:
    await send(http, "k", who="user:1")
    assert (await send(http, "k", OTHER, who="user:2")).status_code == 200
    assert world["added"] == 2


async def test_people_who_are_not_signed_in_are_told_apart_by_what_they_send(
    http: httpx2.AsyncClient, world: dict[str, Any]
) -> None:
    replies = [await send(http, "k", body, who="") for body in (ADD, OTHER, ADD)]
    assert [reply.json()["data"]["add"]["id"] for reply in replies] == ["1", "2", "1"]
    assert world["added"] == 2


async def test_a_repeat_while_the_first_is_running_is_a_conflict(
    http: httpx2.AsyncClient, world: dict[str, Any]
) -> None:
    world["gate"] = asyncio.Event()
    first = asyncio.create_task(send(http, "k"))
    while "added" not in world:
        await asyncio.sleep(0.01)
    assert code(await send(http, "k")) == (409, "IDEMPOTENCY_CONFLICT")
    world["gate"].set()
    assert (await first).status_code == 200
    assert (await send(http, "k")).json() == (await first).json()
    assert world["added"] == 1


async def test_of_many_at_once_one_is_done(http: httpx2.AsyncClient, world: dict[str, Any]) -> None:
    replies = await asyncio.gather(*(send(http, "k") for _ in range(12)))
    done = [reply for reply in replies if reply.status_code == 200]
    assert world["added"] == 1
    assert {reply.content for reply in done} == {b'{"data":{"add":{"id":"1","title":"x"}}}'}
    assert {code(reply) for reply in replies if reply not in done} <= {(409, "IDEMPOTENCY_CONFLICT")}


@pytest.mark.parametrize("failure", [errors.RateLimited(retry_after_ms=1), errors.Unavailable()])
async def test_what_says_try_again_may_be_tried_again(
    http: httpx2.AsyncClient, world: dict[str, Any], failure: Exception
) -> None:
    world["failure"] = failure
    assert (await send(http, "k")).status_code in (429, 503)
    world["failure"] = None
    assert (await send(http, "k")).json() == {"data": {"add": {"id": "2", "title": "x"}}}


async def test_a_failure_is_an_answer_like_any_other(http: httpx2.AsyncClient, world: dict[str, Any]) -> None:
    world["failure"] = errors.Conflict()
    first = await send(http, "k")
    world["failure"] = None
    assert (await send(http, "k")).json() == first.json()
    assert code(first) == (200, "CONFLICT")
    assert world["added"] == 1


async def test_a_request_that_was_not_executed_leaves_its_key_free(http: httpx2.AsyncClient, db: Database) -> None:
    wrong = {"query": "mutation($t:String!){add(title:$t){id}}", "variables": {"t": 1}}
    assert code(await send(http, "k", wrong)) == (200, "INVALID_INPUT")
    assert (await send(http, "k", ADD)).status_code == 200


@pytest.mark.parametrize("key", ["", "x" * 201, "tab\there", "é"])
async def test_a_key_is_one_value_of_printable_ascii(http: httpx2.AsyncClient, world: dict[str, Any], key: str) -> None:
    response = await http.post("", json=ADD, headers=[(b"Idempotency-Key", key.encode())])
    assert (code(response), world) == ((400, "INVALID_INPUT"), {})
    assert (await send(http, "x" * 200)).status_code == 200


async def test_two_keys_are_refused_and_a_query_needs_none(http: httpx2.AsyncClient, world: dict[str, Any]) -> None:
    two = await http.post("", json=ADD, headers=[("Idempotency-Key", "a"), ("Idempotency-Key", "b")])
    assert code(two) == (400, "INVALID_INPUT")
    assert (await send(http, "", {"query": "{hello}"})).json() == {"data": {"hello": "Hello world"}}
    assert (await http.post("", json=ADD)).status_code == 200
    assert world["added"] == 1


async def test_an_answer_is_not_readable_in_the_database(
    http: httpx2.AsyncClient, db: Database, world: dict[str, Any]
) -> None:
    first = await send(http, "k")
    async with db.one() as connection:
        row = (await connection.execute(select(idempotency_keys))).mappings().one()
    assert (row["principal"], row["key"], row["status"], row["finished_at"] is not None) == ("user:1", "k", 200, True)
    assert b"title" not in row["response"]
    other = client(world, idempotency=Idempotency(IdempotencyKeys(db), b"other"))
    assert code(await send(other, "k")) == (409, "IDEMPOTENCY_CONFLICT")
    assert (first.status_code, world["added"]) == (200, 1)


async def test_what_may_have_been_done_is_not_done_again(http: httpx2.AsyncClient, world: dict[str, Any]) -> None:
    world["failure"] = errors.OutcomeUnknown()
    first = await send(http, "k")
    assert code(first) == (503, "UNAVAILABLE")
    assert first.json()["errors"][0]["extensions"]["outcomeUnknown"] is True
    world["failure"] = None
    assert code(await send(http, "k")) == (409, "IDEMPOTENCY_CONFLICT")
    assert world["added"] == 1


async def test_a_key_is_free_again_after_a_day(http: httpx2.AsyncClient, db: Database, world: dict[str, Any]) -> None:
    for key in ("old", "new"):
        await send(http, key)
    async with db.one() as connection:
        old = update(idempotency_keys).where(idempotency_keys.c.key == "old")
        await connection.execute(old.values(created_at=func.clock_timestamp() - text("interval '25 hours'")))
    assert (await send(http, "old", OTHER)).json()["data"]["add"]["title"] == "y"
    assert code(await send(http, "old", ADD)) == (409, "IDEMPOTENCY_CONFLICT")
    assert (await send(http, "new")).headers["idempotency-replayed"] == "true"
    assert world["added"] == 3


async def test_an_answer_whose_connection_was_cut_is_kept_at_the_next_try(
    db: Database, world: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    store, tries = IdempotencyKeys(db), list[int]()
    once = store._once

    async def cut(statement: Update | Delete) -> None:
        tries.append(1)
        if len(tries) < 3:
            raise Unavailable(begun=True)
        await once(statement)

    monkeypatch.setattr(store, "_once", cut)
    http = client(world, idempotency=Idempotency(store, b"secret"))
    first, again = await send(http, "k"), await send(http, "k")
    assert (first.json(), len(tries), world["added"]) == (again.json(), 3, 1)


async def test_an_answer_that_cannot_be_kept_is_still_the_answer(
    db: Database, world: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fail(*_: object) -> None:
        raise ConnectionError("away")

    store = IdempotencyKeys(db)
    monkeypatch.setattr(store, "keep", fail)
    http = client(world, idempotency=Idempotency(store, b"secret"))
    with capture_logs() as logs:
        first = await send(http, "k")
    assert (first.status_code, [entry["event"] for entry in logs]) == (200, ["idempotency.not_kept"])
    assert code(await send(http, "k")) == (409, "IDEMPOTENCY_CONFLICT")
    assert world["added"] == 1
