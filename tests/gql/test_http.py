"""Requests and responses of GraphQL over HTTP: methods, media types, status codes, documents by id, introspection."""

import json
from hashlib import sha256
from typing import Any

import pytest
from fixtures.small import client

from gql import errors
from gql.limits import Limits

GRAPHQL = {"Accept": "application/graphql-response+json"}
HELLO = "query Hello($name: String!) { hello(name: $name) }"
HELLO_ID = sha256(HELLO.encode()).hexdigest()


def posted(query: str, **more: Any) -> dict[str, Any]:
    return {"query": query, **more}


async def test_a_post_is_answered_in_json() -> None:
    async with client() as http:
        response = await http.post("", json=posted(HELLO, variables={"name": "you"}, operationName="Hello"))
    assert response.status_code == 200
    assert response.json() == {"data": {"hello": "Hello you"}}
    assert response.headers["content-type"] == "application/json; charset=utf-8"
    assert response.headers["cache-control"] == "no-store"
    assert response.headers["vary"] == "Authorization, Cookie, Accept, Accept-Encoding"


async def test_a_get_is_answered_like_a_post() -> None:
    async with client() as http:
        response = await http.get("", params={"query": HELLO, "variables": '{"name":"é"}', "operationName": ""})
    assert (response.status_code, response.json()) == (200, {"data": {"hello": "Hello é"}})


async def test_head_has_the_headers_of_get_and_no_body() -> None:
    async with client() as http:
        got = await http.get("", params={"query": "{hello}"})
        head = await http.head("", params={"query": "{hello}"})
    assert (head.status_code, head.content) == (200, b"")
    assert dict(head.headers) == dict(got.headers)


async def test_options_names_the_methods_and_allows_no_other_site() -> None:
    async with client() as http:
        response = await http.options("", headers={"Origin": "https://elsewhere.example"})
    assert (response.status_code, response.headers["allow"]) == (204, "GET, HEAD, POST, OPTIONS")
    assert not [name for name in response.headers if name.startswith("access-control")]


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "TRACE", "BREW"])
async def test_other_methods_are_refused_with_those_that_are_allowed(method: str) -> None:
    async with client() as http:
        response = await http.request(method, "", json=posted("{hello}"))
    assert (response.status_code, response.headers["allow"]) == (405, "GET, HEAD, POST, OPTIONS")
    assert response.json()["errors"][0]["extensions"]["code"] == "INVALID_INPUT"


async def test_a_get_runs_queries_only() -> None:
    world: dict[str, Any] = {}
    async with client(world) as http:
        response = await http.get("", params={"query": 'mutation{add(title:"x"){id}}'})
    assert (response.status_code, response.headers["allow"], world) == (405, "POST", {})


@pytest.mark.parametrize(
    ("accept", "content_type"),
    [
        (None, "application/json"),
        ("", "application/json"),
        ("*/*", "application/json"),
        ("application/*", "application/json"),
        ("text/html, application/xml;q=0.9, */*;q=0.8", "application/json"),
        ("application/graphql-response+json", "application/graphql-response+json"),
        ("application/json, application/graphql-response+json", "application/graphql-response+json"),
        ("application/json, application/graphql-response+json;q=0.5", "application/json"),
        ("application/graphql-response+json;q=0, */*", "application/json"),
        ("APPLICATION/JSON; charset=utf-8", "application/json"),
        ("application/json;q=x, application/graphql-response+json;q=0.1", "application/graphql-response+json"),
        (",;,=;q=,application/json", "application/json"),
    ],
)
async def test_the_media_type_is_what_the_client_prefers(accept: str | None, content_type: str) -> None:
    async with client() as http:
        del http.headers["accept"]
        response = await http.post("", json=posted("{hello}"), headers={"Accept": accept} if accept is not None else {})
    assert response.headers["content-type"] == f"{content_type}; charset=utf-8"


@pytest.mark.parametrize("accept", ["text/html", "application/json;q=0", "text/*", "nonsense", ";;,"])
async def test_a_media_type_that_we_do_not_speak_is_406(accept: str) -> None:
    async with client() as http:
        response = await http.post("", json=posted("{hello}"), headers={"Accept": accept})
    assert response.status_code == 406
    assert "application/graphql-response+json" in response.json()["errors"][0]["message"]


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Content-Type": "text/plain"},
        {"Content-Type": "application/x-www-form-urlencoded"},
        {"Content-Type": "application/json; charset=latin-1"},
        {"Content-Type": "application/json", "Content-Encoding": "gzip"},
    ],
)
async def test_a_body_that_is_not_plain_json_is_415(headers: dict[str, str]) -> None:
    async with client() as http:
        response = await http.post("", content=b'{"query":"{hello}"}', headers=headers)
    assert response.status_code == 415


async def test_a_body_may_be_as_large_as_the_limit_and_no_larger() -> None:
    body = json.dumps(posted("{hello}")).encode()
    json_type = {"Content-Type": "application/json"}
    async with client(limits=Limits(body_bytes=len(body))) as http:
        assert (await http.post("", content=body, headers=json_type)).status_code == 200
        response = await http.post("", content=body + b" ", headers=json_type)
    assert response.status_code == 413
    extensions = response.json()["errors"][0]["extensions"]
    expected = {"code": "TOO_COMPLEX", "limit": "body_bytes", "allowed": len(body), "found": len(body) + 1}
    assert extensions == expected


@pytest.mark.parametrize(
    ("document", "variables", "message"),
    [
        ("{", {}, "Syntax Error: Expected Name, found <EOF>."),
        ("{helo}", {}, "Cannot query field 'helo' on type 'Query'."),
        (
            "query($n:String!){hello(name:$n)}",
            {},
            "Variable '$n' has invalid value: Expected a value of non-null type 'String!' to be provided.",
        ),
        ("fragment F on Query{hello}", {}, "Fragment 'F' is never used."),
        ("query A{hello} query B{hello}", {}, "The document holds several operations: say which in `operationName`."),
        ('{hello(name:"\\u0000")}', {}, "Text must not hold the character NUL."),
        ('{hello(name:"\\u{0}")}', {}, "Text must not hold the character NUL."),
    ],
)
async def test_what_is_wrong_with_a_document_is_said_without_suggestions(
    document: str, variables: dict[str, Any], message: str
) -> None:
    async with client() as http:
        new = await http.post("", json=posted(document, variables=variables), headers=GRAPHQL)
        old = await http.post("", json=posted(document, variables=variables))
    assert (new.status_code, old.status_code) == (400, 200)
    assert new.json() == old.json()
    assert "data" not in new.json()
    assert new.json()["errors"][0]["message"] == message
    assert new.json()["errors"][0]["extensions"]["code"] == "INVALID_INPUT"


async def test_the_variable_that_does_not_fit_is_named_as_a_field() -> None:
    async with client() as http:
        response = await http.post("", json=posted("query($of:Int!){number(of:$of)}", variables={"of": "x"}))
        missing = await http.post("", json=posted("query($n:String){hello(name:$n)}"))
        null = await http.post("", json=posted("query($n:String){hello(name:$n)}", variables={"n": None}))
    message = "Int cannot represent non-integer value: 'x'"
    assert response.json()["errors"] == [
        {
            "message": f"Variable '$of' has invalid value: {message}",
            "locations": [{"line": 1, "column": 7}],
            "extensions": {"code": "INVALID_INPUT", "fields": [{"path": "of", "message": message}]},
        }
    ]
    assert missing.json() == {"data": {"hello": "Hello world"}}
    error = null.json()["errors"][0]
    assert (error["path"], error["extensions"]["code"]) == (["hello"], "INVALID_INPUT")
    assert [field["path"] for field in error["extensions"]["fields"]] == ["name"]


async def test_an_escape_of_nul_that_is_none_is_let_through() -> None:
    async with client() as http:
        response = await http.post("", json=posted(r'{hello(name:"\\u0000")}'))
    assert response.json() == {"data": {"hello": r"Hello \u0000"}}


async def test_a_document_over_a_limit_is_too_complex() -> None:
    async with client() as http:
        cost = await http.post("", json=posted("query($n:Int!){items(first:$n){id}}", variables={"n": 20_000}))
        deep = await http.post("", json=posted("{a" * 300 + "}" * 300), headers=GRAPHQL)
    assert cost.json()["errors"][0]["extensions"] == {
        "code": "TOO_COMPLEX",
        "limit": "cost",
        "allowed": 20_000,
        "found": 20_001,
    }
    assert (deep.status_code, deep.json()["errors"][0]["extensions"]["limit"]) == (400, "depth")


async def test_a_known_document_is_asked_for_by_its_id() -> None:
    params = {"documentId": f"sha256:{HELLO_ID}", "variables": '{"name":"you"}'}
    async with client(documents={HELLO_ID: HELLO}) as http:
        got = await http.get("", params=params)
        sent = await http.post("", json={"documentId": f"sha256:{HELLO_ID}", "variables": {"name": "you"}})
    assert got.json() == sent.json() == {"data": {"hello": "Hello you"}}


async def test_an_unknown_document_id_is_not_found_even_if_its_text_was_once_sent_by_nobody() -> None:
    async with client() as http:
        response = await http.get("", params={"documentId": f"sha256:{HELLO_ID}"})
    assert (response.status_code, response.json()["errors"][0]["extensions"]["code"]) == (404, "NOT_FOUND")


@pytest.mark.parametrize("allowed", [True, False])
@pytest.mark.parametrize(
    "document", ['{__type(name:"Query"){name}}', "{...F} fragment F on Query{__schema{queryType{name}}}"]
)
async def test_introspection_is_for_those_who_may(*, allowed: bool, document: str) -> None:
    async with client(may_introspect=lambda _: allowed) as http:
        response = await http.post("", json=posted(document))
        plain = await http.post("", json=posted("{__typename}"))
    assert response.status_code == (200 if allowed else 403)
    assert ("data" in response.json()) is allowed
    assert plain.json() == {"data": {"__typename": "Query"}}


@pytest.mark.parametrize(
    ("failure", "status"),
    [
        (errors.Unauthenticated(), 401),
        (errors.Forbidden(), 403),
        (errors.RateLimited(retry_after_ms=1001), 429),
        (errors.Unavailable(), 503),
        (ZeroDivisionError("a secret"), 500),
    ],
)
async def test_a_request_that_fails_before_execution_has_the_status_of_the_reason(
    failure: Exception, status: int
) -> None:
    async with client({"context_failure": failure}) as http:
        response = await http.post("", json=posted("{hello}"))
    assert response.status_code == status
    assert response.headers.get("www-authenticate") == ("Bearer" if status == 401 else None)
    assert response.headers.get("retry-after") == {429: "2", 503: "1"}.get(status)
    assert "secret" not in response.text


async def test_cookies_that_a_resolver_sets_go_out_with_the_answer() -> None:
    async with client() as http:
        response = await http.post("", json=posted('mutation{add(title:"x"){id}}'))
    assert response.headers["set-cookie"] == "session=abc; HttpOnly; Path=/; SameSite=lax"
    assert response.headers["content-length"] == str(len(response.content))
