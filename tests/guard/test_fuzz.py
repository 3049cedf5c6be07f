"""The whole application under requests that are made from valid ones, by people of every role: a slice of `make prove`.

FERMATA_TEST_EXAMPLES says how many documents of Schemathesis each role sends (the default is 15).
"""

import json
import os
from functools import partial
from pathlib import Path
from random import Random
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from starlette.types import ASGIApp
from structlog.testing import capture_logs

import auth.ground
from auth.passwords import Passwords
from bench.prove.fuzz import SCHEMA, Fuzzer, exchange, judged
from bench.prove.raw import Raw
from bench.prove.residents import OUTSIDER, furnish
from models.database import Database
from models.role import Role
from server.app import create
from server.settings import Settings

EXAMPLES = int(os.environ.get("FERMATA_TEST_EXAMPLES", "15"))
CASES = 150
ADDRESS = "10.0.0.1"


@pytest.fixture
def app(database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ASGIApp:
    """The application as it is served, but for a hasher that is as small as argon2id can be."""
    monkeypatch.setattr(auth.ground, "Passwords", partial(Passwords, memory_kib=64, queue=1000))
    return create(Settings(data_dir=tmp_path), database_url)


@pytest.mark.parametrize("seed", range(2))
async def test_whatever_is_sent_by_whom_is_answered_well_and_below_500(app: ASGIApp, db: Database, seed: int) -> None:
    with capture_logs() as logs:
        found = await Fuzzer(app, db, Random(seed)).run(CASES, float("inf"))
    assert found.faults == []
    assert [entry for entry in logs if entry["log_level"] == "error"] == []
    assert found.cases == CASES
    assert found.statuses["200"] > CASES / 10


def documents() -> list[str]:
    """What Schemathesis makes of the schema; the same every time."""
    made: list[str] = []

    @settings(
        max_examples=EXAMPLES,
        phases=[Phase.generate],
        database=None,
        derandomize=True,
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large],
    )
    @given(case=schemathesis.graphql.from_path(SCHEMA).as_strategy())
    def make(case: schemathesis.Case[Any]) -> None:
        assert isinstance(case.body, str)
        made.append(case.body)

    make()
    return made


async def test_what_schemathesis_makes_is_answered_well_to_each_role(app: ASGIApp, db: Database) -> None:
    place = await furnish(partial(exchange, app), db, Random(1))
    credentials = {"nobody": "", **{f"{role} {token[:4]}": token for role, token in place.tokens}}
    assert len(credentials) == 2 + 2 * len(Role)
    assert any(who.startswith(OUTSIDER) for who in credentials)
    asked, faults = documents(), list[str]()
    assert len(asked) == EXAMPLES
    with capture_logs() as logs:
        for token in credentials.values():
            for query in asked:
                headers = {"content-type": "application/json"} | ({"authorization": f"Bearer {token}"} if token else {})
                raw = Raw(content=json.dumps({"query": query}).encode(), headers=headers)
                fault = judged(raw, *await exchange(app, raw, ADDRESS))
                faults += [fault] if fault else []
    assert faults == []
    assert [entry for entry in logs if entry["log_level"] == "error"] == []


@pytest.mark.parametrize(
    ("status", "answer"),
    [
        (500, b'{"data":null}'),
        (0, b""),
        (200, b"no JSON"),
        (200, b'{"data":null,"more":1}'),
        (200, b'{"errors":[{"message":"x"}]}'),
        (200, b'{"errors":[{"message":"x","extensions":{"code":"INTERNAL"}}]}'),
        (400, b'{"errors":[{"message":"asyncpg","extensions":{"code":"INVALID_INPUT"}}]}'),
    ],
)
def test_an_answer_that_is_not_as_it_should_be_is_a_fault(status: int, answer: bytes) -> None:
    headers = {"content-type": "application/json"}
    assert judged(Raw(), status, headers, answer) is not None
    assert judged(Raw(), 200, headers, b'{"data":{}}') is None
