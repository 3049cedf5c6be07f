"""What clients are told when a resolver fails: our errors whole, others masked, each with the right status."""

from typing import Any

import pytest
from fixtures.small import client
from structlog.testing import capture_logs


async def ask(query: str, accept: str = "application/graphql-response+json") -> tuple[int, Any, Any]:
    async with client() as http:
        response = await http.post("", json={"query": query}, headers={"Accept": accept})
    return response.status_code, response.json(), response.headers


async def test_an_error_of_ours_is_told_whole() -> None:
    status, body, _ = await ask("{secret hello}")
    assert status == 200
    assert body == {
        "errors": [
            {
                "message": "Your role does not allow this: ask an admin of the workspace for a higher one.",
                "locations": [{"line": 1, "column": 2}],
                "path": ["secret"],
                "extensions": {"code": "FORBIDDEN", "requiredRole": "ADMIN", "role": "VIEWER"},
            }
        ],
        "data": {"secret": None, "hello": "Hello world"},
    }


async def test_an_unforeseen_error_is_an_id_for_the_client_and_a_traceback_for_the_log() -> None:
    with capture_logs() as logs:
        status, body, _ = await ask("{items(first:1){id broken}}")
    error = body["errors"][0]
    assert (status, body["data"]) == (200, None)
    assert error["path"] == ["items", 0, "broken"]
    assert (
        error["message"] == "Something went wrong on the server: try again, and quote the errorId when you report it."
    )
    assert "secret" not in str(body)
    logged = [entry for entry in logs if entry["event"] == "graphql.internal"]
    assert [entry["error_id"] for entry in logged] == [error["extensions"]["errorId"]]
    assert str(logged[0]["exc_info"]) == "a secret of the server"
    assert logged[0]["exc_info"].__traceback__ is not None


async def test_a_resolver_that_breaks_the_schemas_promise_is_internal() -> None:
    _, body, _ = await ask("{number}")
    assert body["errors"][0]["extensions"]["code"] == "INTERNAL"
    assert "non-nullable" not in str(body)


@pytest.mark.parametrize("accept", ["application/json", "application/graphql-response+json"])
@pytest.mark.parametrize(
    ("query", "status", "retry"),
    [
        ("{limited}", 429, "2"),
        ("{away}", 503, "1"),
        ("{hello limited}", 429, "2"),
        ("{maybeAway}", 200, None),
        ("{hello}", 200, None),
    ],
)
async def test_what_failed_as_a_whole_says_in_its_status_when_to_come_back(
    query: str, accept: str, status: int, retry: str | None
) -> None:
    found, _, headers = await ask(query, accept)
    assert (found, headers.get("retry-after")) == (status, retry)


@pytest.mark.parametrize("body", ["3", "null", '"x"', "true", "[]", '[{"query":"{hello}"}]', "{", "", "{}", "NaN"])
async def test_a_body_that_is_no_request_is_400(body: str) -> None:
    async with client() as http:
        response = await http.post("", content=body, headers={"Content-Type": "application/json"})
    assert response.status_code == 400
    assert response.json()["errors"][0]["extensions"] == {"code": "INVALID_INPUT", "fields": []}


@pytest.mark.parametrize(
    ("body", "message"),
    [
        (b'{"query":"\xff"}', "The request is not UTF-8."),
        (b"\xff\xfe{", "The request is not UTF-8."),
        (
            b'{"query":"{hello}","variables":{"a":' + b"[" * 40 + b"]" * 40 + b"}}",
            "The JSON is nested more than 33 deep.",
        ),
        (b"[" * 100_000, "The JSON is nested more than 33 deep."),
        (b'{"query":"{hello}","variables":{"a":' + b"9" * 41 + b"}}", "A number has more than 40 digits."),
        (b'{"variables":{"a":' + b"9" * 10_000 + b"}}", "A number has more than 40 digits."),
        (b'{"variables":{"a":1e999}}', "A number is too large."),
        (b'{"variables":{"a":-Infinity}}', "-Infinity is not JSON."),
        (b'{"query":"{hello}","query":"{clock}"}', "An object holds the same name twice."),
        (b'{"variables":{"a":["x\\u0000"]}}', "Text must not hold the character NUL."),
        (b'{"variables":{"a\\u0000":1}}', "Text must not hold the character NUL."),
        (b'{"query":"\\ud800"}', "Text must not hold half of a surrogate pair."),
        (b'{"query":1}', "`query` must be a string."),
        (b'{"query":"{hello}","variables":[]}', "`variables` must be an object."),
        (b'{"query":"{hello}","extensions":"x"}', "`extensions` must be an object."),
        (b'{"query":"{hello}","operationName":{}}', "`operationName` must be a string."),
        (b'{"query":"{hello}","documentId":"x"}', "Send either `query` or `documentId`, not both."),
        (b'{"documentId":"md5:x"}', "`documentId` must be sha256: and 64 hexadecimal digits in lower case."),
    ],
)
async def test_a_body_that_could_do_harm_is_400_and_says_why(body: bytes, message: str) -> None:
    async with client() as http:
        response = await http.post("", content=body, headers={"Content-Type": "application/json; charset=UTF-8"})
    assert (response.status_code, response.json()["errors"][0]["message"]) == (400, message)


@pytest.mark.parametrize(
    "query",
    [
        "query=%FF",
        "query=%00",
        "query={hello}&query={clock}",
        "query={hello}&variables=[]",
        "query={hello}&variables={",
        "query={hello}&variables=[[",
        "&".join(f"a{number}=1" for number in range(30)),
        "",
    ],
)
async def test_a_query_string_that_is_no_request_is_400(query: str) -> None:
    async with client() as http:
        response = await http.get(f"?{query}")
    assert response.status_code == 400
    assert response.json()["errors"][0]["extensions"]["code"] == "INVALID_INPUT"


async def test_an_emoji_written_as_a_surrogate_pair_is_text_like_any_other() -> None:
    async with client() as http:
        body = b'{"query":"query($n:String!){hello(name:$n)}","variables":{"n":"\\ud83c\\udfbc"}}'
        response = await http.post("", content=body, headers={"Content-Type": "application/json"})
    assert response.json() == {"data": {"hello": "Hello 🎼"}}
