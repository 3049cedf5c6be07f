"""Requests for the fuzzer, made from valid ones: by their structure (document, variables, members, headers), and byte by byte."""

import json
import random
from collections.abc import Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any, Protocol, cast
from urllib.parse import urlencode

PATHS = (
    *("/healthz", "/readyz", "/metrics", "/", "/graphiql", "/auth/x/start", "/auth/x/callback", "/callbacks/x"),
    *(
        "/assets/x",
        "/assets/../x",
        "/assets/\x00",
        "/assets/" + "x" * 300,
        "/" + "x" * 300,
        "/\x00",
        "/..",
        "/x/" * 200,
    ),
    *("/\ud800", "/é", "//", "/graphql/", "/tasks/x", "/auth/" + "x" * 300 + "/callback", "/callbacks/" + "\x00" * 9),
)
PIECES = (
    *("{", "}", "(", ")", "[", "]", '"', '"""', "\\", "\\u0000", "\\ud800", "\x00", "\ufeff", "...", "$", "@", "@skip"),
    *(
        "#",
        ":",
        "!",
        "&",
        "|",
        "on",
        "fragment F on Task{...F}",
        "null",
        "true",
        "-",
        "1e999",
        "9" * 50,
        "🏃",
        "\u2028",
    ),
    *(
        "{a" * 60,
        "[" * 200,
        "query",
        "__proto__",
        ",",
        "=",
        "%",
        "first:99999999999",
        "...F " * 40,
        "x:viewer{id} " * 60,
    ),
)
NONE: tuple[Any, ...] = (None, {})
JUNK: tuple[Any, ...] = (None, True, 0, -1, 2**70, 1e300, "", "x", [], {}, [[]], {"a": {"b": [1]}}, "\ud800", "\x00")
HEADERS: Mapping[str, Sequence[str]] = {
    "content-type": ("application/json", "application/json; charset=utf-8", "text/plain", "", "application/json;;="),
    "accept": ("*/*", "application/json", "application/graphql-response+json", "text/event-stream", "", "a/b", ",;q"),
    "if-none-match": ('W/"s.a.b"', "*", "", '"', 'W/"s.!.!", "x"'),
    "idempotency-key": ("k", "", "x" * 300, "é"),
    "origin": ("null", "https://evil.example", "//", "http://[", "http://127.0.0.1:8000"),
    "cookie": ("fermata_refresh=x", "a", ";;=", "__Host-fermata_refresh=" + "y" * 43, "\xff"),
    "authorization": ("Bearer x", "Basic", "", "Bearer fmt_x", "Bearer a.b.c"),
    "content-encoding": ("gzip", "identity", ""),
    "last-event-id": ("1", "x", "\x80"),
    "sec-fetch-site": ("cross-site", "same-origin", "x"),
    "x-request-id": ("a", "\xfe", "x" * 100),
}


@dataclass
class Raw:
    """A request, byte for byte."""

    method: str = "POST"
    path: str = "/graphql"
    query: bytes = b""
    content: bytes = b""
    headers: dict[str, str] = field(default_factory=dict[str, str])


class Writes(Protocol):
    """Somebody who writes documents that a schema allows."""

    def document(self) -> tuple[str, dict[str, Any] | None]:
        """One, and its variables."""
        ...


@dataclass
class Maker:
    """Makes requests. `tokens` are credentials of all roles; `valid` are documents that clients really send; `pieces` are put
    into documents, and `headers` are sent along."""

    writer: Writes
    tokens: Sequence[str]
    valid: Sequence[str]
    luck: random.Random
    pieces: Sequence[str] = PIECES
    headers: Mapping[str, Sequence[str]] = field(default_factory=lambda: HEADERS)

    def make(self) -> Raw:
        """The next one: one in four as it is written, the others with something wrong."""
        text, variables = self.writer.document()
        if self.valid and self.luck.random() < 0.2:
            text = self.luck.choice(self.valid)
        spoiled = self.luck.random() > 0.25
        members: Any = {
            "query": self.cut(text) if spoiled and self.luck.random() < 0.6 else text,
            "variables": variables,
        }
        if spoiled:
            members = self.twisted(members)
        raw = self.sent(members)
        if self.tokens and self.luck.random() < 0.9:
            raw.headers["authorization"] = f"Bearer {self.luck.choice(self.tokens)}"
        if spoiled:
            for name in self.luck.sample(list(self.headers), self.luck.choice((0, 0, 1, 2))):
                raw.headers[name] = self.luck.choice(self.headers[name])
            raw.query, raw.content = self.scrambled(raw.query), self.scrambled(raw.content)
            if self.luck.random() < 0.1:
                raw.path = self.luck.choice(PATHS)
        return raw

    def cut(self, text: str) -> str:
        """A document with parts cut out, doubled, exchanged or put in."""
        for _ in range(self.luck.choice((1, 1, 2, 5))):
            at, to = sorted(self.luck.randrange(len(text) + 1) for _ in range(2))
            kind = self.luck.randrange(4)
            middle = (self.luck.choice(self.pieces) + text[at:to], "", text[at:to] * 2, text[at:to][::-1])[kind]
            text = text[:at] + middle + text[to:]
        return text[:20_000]

    def twisted(self, members: dict[str, Any]) -> Any:
        """Members and variables of another kind than they should be, some missing, some too many."""
        members |= {"operationName": self.luck.choice((None, "Q", "", "x")), "extensions": self.luck.choice(NONE)}
        for _ in range(self.luck.choice((0, 0, 1, 2))):
            name = self.luck.choice((*members, "documentId", "extra", "__proto__"))
            members[name] = deepcopy(self.luck.choice((*JUNK, f"sha256:{'0' * 64}")))
        variables = members.get("variables")
        if isinstance(variables, dict) and variables and self.luck.random() < 0.4:
            variables[self.luck.choice(list(variables))] = self.luck.choice(JUNK)  # pyright: ignore[reportUnknownArgumentType] - JSON
        if self.luck.random() < 0.1:
            del members[self.luck.choice(list(members))]
        return self.luck.choice((*[members] * 12, [members], self.luck.choice(JUNK)))

    def sent(self, members: Any) -> Raw:
        """As a POST mostly, else in the address."""
        method = self.luck.choices(("POST", "GET", "HEAD", "PUT"), (14, 5, 1, 1))[0]
        if method == "POST":
            text = json.dumps(members, ensure_ascii=self.luck.random() < 0.5)
            return Raw(
                method, content=text.encode(errors="surrogatepass"), headers={"content-type": "application/json"}
            )
        pairs = cast("dict[str, Any]", members) if isinstance(members, dict) else {"query": members}
        texts = {name: value if isinstance(value, str) else json.dumps(value) for name, value in pairs.items()}
        return Raw(method, query=urlencode(texts, errors="replace").encode())

    def scrambled(self, raw: bytes) -> bytes:
        """Bytes with some of them changed, lost or repeated."""
        changed = bytearray(raw)
        for _ in range(self.luck.choice((0, 0, 0, 1, 3, 20))):
            at = self.luck.randrange(len(changed) + 1)
            end = at + self.luck.randrange(4)
            changed[at:end] = self.luck.choice(
                (b"", bytes([self.luck.randrange(256)]), bytes(changed[at : at + 9]) * 2)
            )
        return bytes(changed)
