"""Whatever bytes come in, the answer is well-formed and it is not our fault: 2,000 requests made from valid ones."""

import asyncio
import json
from collections import Counter
from copy import deepcopy
from random import Random
from typing import Any

import pytest
from fixtures.small import endpoint
from structlog.testing import capture_logs

from bench.prove import raw
from bench.prove.raw import Maker, Raw

SLICES, REQUESTS = 4, 500
DOCUMENTS = [
    "{hello}",
    'query A($n: String! = "x", $yes: Boolean = true) { hello(name: $n) @include(if: $yes) __typename }',
    "query($first: Int) { items(first: $first) { id title size ...F } } fragment F on Item { t: title ... { id } }",
    'mutation { add(title: """block""") { id } }',
    "subscription { count(to: 2) }",
    '{ __schema { types { name } } __type(name: "Item") { fields { name } } }',
]
VARIABLES: list[Any] = [None, {}, {"n": "é🎼"}, {"first": 2}, {"first": -1, "yes": False}, {"n": None}]
PIECES = [*raw.PIECES, "fragment F on Item{...F}", "x:hello " * 60]
HEADERS = {
    **{name: values for name, values in raw.HEADERS.items() if name not in ("sec-fetch-site", "x-request-id")},
    "cookie": ["refresh=1", "a", ";;=", "refresh"],
}


class Writer:
    """Writes what the small schema allows."""

    def __init__(self, luck: Random) -> None:
        self._luck = luck

    def document(self) -> tuple[str, dict[str, Any] | None]:
        return self._luck.choice(DOCUMENTS), deepcopy(self._luck.choice(VARIABLES))


@pytest.mark.parametrize("seed", range(SLICES))
async def test_no_request_is_answered_with_a_failure_of_ours(seed: int) -> None:
    luck = Random(seed)
    maker = Maker(Writer(luck), tokens=(), valid=DOCUMENTS, luck=luck, pieces=PIECES, headers=HEADERS)
    app = endpoint(credential_cookies=["refresh"], may_introspect=lambda _: True)
    statuses = Counter[int]()
    with capture_logs() as logs:
        for _ in range(REQUESTS):
            statuses[await one(app, maker.make())] += 1
    assert [entry for entry in logs if entry["log_level"] == "error"] == []
    assert statuses[200] > REQUESTS / 10, statuses  # and not all was refused at the door
    assert statuses[400] > REQUESTS / 10, statuses


async def one(app: Any, request: Raw) -> int:
    """Send one request and look at what comes back."""
    method = request.method
    status, sent, answer = await exchange(app, request)
    about = (request, status, answer[:400])
    assert status < 500, about
    if sent.get("content-type", "").startswith("text/event-stream"):
        assert answer.endswith(b"event: complete\ndata:\n\n"), about
    elif method != "HEAD" and status != 304:
        told = json.loads(answer)
        assert set(told) <= {"data", "errors"}, about
        assert "data" in told or told["errors"], about
        assert all(error["extensions"]["code"] != "INTERNAL" for error in told.get("errors", [])), about
    return status


async def exchange(app: Any, request: Raw) -> tuple[int, dict[str, str], bytes]:
    """One request, byte for byte as it is: a client would mend or refuse what is wrong with it."""
    sent: list[Any] = []
    left = [
        {"type": "http.request", "body": request.content[:7], "more_body": True},
        {"type": "http.request", "body": request.content[7:]},
    ]

    async def receive() -> Any:
        return left.pop(0) if left else await asyncio.Event().wait()

    async def send(message: Any) -> None:
        sent.append(message)

    headers = [(name.encode(), value.encode("latin-1")) for name, value in request.headers.items()]
    scope: dict[str, Any] = {"type": "http", "method": request.method, "path": "/graphql", "headers": headers}
    scope["query_string"] = request.query
    await app(scope, receive, send)
    answered = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
    return sent[0]["status"], answered, b"".join(message["body"] for message in sent[1:])
