"""Whatever bytes come in, the answer is well-formed and it is not our fault: 2,000 requests made from valid ones."""

import asyncio
import json
from random import Random
from typing import Any
from urllib.parse import urlencode

import pytest
from fixtures.small import endpoint
from structlog.testing import capture_logs

from bench.prove import raw
from bench.prove.raw import JUNK, PIECES

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
HOSTILE = [*PIECES, "fragment F on Item{...F}", "x:hello " * 60]
HEADERS = {
    **{name: raw.HEADERS[name] for name in ("content-type", "accept", "if-none-match", "content-encoding")},
    "idempotency-key": ["k", "", "x" * 300],
    "origin": ["null", "https://evil.example", "//", "http://[", ""],
    "cookie": ["refresh=1", "a", ";;=", "refresh"],
    "authorization": ["Bearer x", "Basic", ""],
    "last-event-id": ["1", "x"],
}


def document(chance: Random) -> str:
    """A valid document, or one with parts cut out, doubled, exchanged or put in."""
    text = chance.choice(DOCUMENTS)
    for _ in range(chance.choice([0, 1, 1, 2, 5])):
        at, to = sorted(chance.randrange(len(text) + 1) for _ in range(2))
        text = chance.choice(
            [
                text[:at] + chance.choice(HOSTILE) + text[at:],
                text[:at] + text[to:],
                text[:to] + text[at:],
                text[:at] + chance.choice(DOCUMENTS) + text[to:],
            ]
        )
    return text


def body(chance: Random) -> Any:
    """The members of a request, some of another kind than they should be, some missing, some too many."""
    members: dict[str, Any] = {"query": document(chance), "variables": chance.choice(VARIABLES)}
    members |= {"operationName": chance.choice([None, "A", "", "x"]), "extensions": chance.choice([None, {}])}
    for _ in range(chance.choice([0, 0, 1, 2])):
        name = chance.choice([*members, "documentId", "extra", "__proto__"])
        members[name] = chance.choice([*JUNK, f"sha256:{'0' * 64}"])
    if chance.random() < 0.1:
        del members[chance.choice(list(members))]
    return chance.choice([members] * 12 + [[members], chance.choice(JUNK)])


def scrambled(chance: Random, given: bytes) -> bytes:
    """Bytes with some of them changed, lost or repeated."""
    changed = bytearray(given)
    for _ in range(chance.choice([0, 0, 0, 1, 3, 20])):
        at = chance.randrange(len(changed) + 1)
        end = at + chance.randrange(4)
        changed[at:end] = chance.choice([b"", bytes([chance.randrange(256)]), bytes(changed[at : at + 9]) * 2])
    return bytes(changed)


@pytest.mark.parametrize("seed", range(SLICES))
async def test_no_request_is_answered_with_a_failure_of_ours(seed: int) -> None:
    chance = Random(seed)
    app = endpoint(credential_cookies=["refresh"], may_introspect=lambda _: True)
    with capture_logs() as logs:
        for _ in range(REQUESTS):
            await one(app, chance)
    assert [entry for entry in logs if entry["log_level"] == "error"] == []


async def one(app: Any, chance: Random) -> None:
    """Send one request and look at what comes back."""
    method = chance.choices(["POST", "GET", "HEAD", "PUT"], [12, 6, 1, 1])[0]
    headers = {"content-type": "application/json"} if method == "POST" else {}
    for name in chance.sample(list(HEADERS), chance.choice([0, 0, 1, 2])):
        headers[name] = chance.choice(HEADERS[name])
    asked, query, content = body(chance), b"", b""
    if method == "POST":
        plain = chance.random() < 0.5
        content = scrambled(chance, json.dumps(asked, ensure_ascii=plain).encode(errors="surrogatepass"))
    else:
        pairs = asked if isinstance(asked, dict) else {"query": asked}
        text = {name: value if isinstance(value, str) else json.dumps(value) for name, value in pairs.items()}
        query = scrambled(chance, urlencode(text, errors="replace").encode())
    status, sent, answer = await exchange(app, method, query, headers, content)
    about = (method, query, content[:400], headers, status, answer[:400])
    assert status < 500, about
    if sent.get("content-type", "").startswith("text/event-stream"):
        assert answer.endswith(b"event: complete\ndata:\n\n"), about
    elif method != "HEAD" and status != 304:
        told = json.loads(answer)
        assert set(told) <= {"data", "errors"}, about
        assert "data" in told or told["errors"], about
        assert all(error["extensions"]["code"] != "INTERNAL" for error in told.get("errors", [])), about


async def exchange(
    app: Any, method: str, query: bytes, headers: dict[str, str], content: bytes
) -> tuple[int, dict[str, str], bytes]:
    """One request, byte for byte as it is: a client would mend or refuse what is wrong with it."""
    sent: list[Any] = []
    left = [
        {"type": "http.request", "body": content[:7], "more_body": True},
        {"type": "http.request", "body": content[7:]},
    ]

    async def receive() -> Any:
        return left.pop(0) if left else await asyncio.Event().wait()

    async def send(message: Any) -> None:
        sent.append(message)

    raw = [(name.encode(), value.encode()) for name, value in headers.items()]
    scope = {"type": "http", "method": method, "path": "/graphql", "query_string": query, "headers": raw}
    await app(scope, receive, send)
    answered = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
    return sent[0]["status"], answered, b"".join(message["body"] for message in sent[1:])
