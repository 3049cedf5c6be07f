"""What every answer says to browsers, at every address of the whole application, and what none of them gives away."""

from collections.abc import AsyncGenerator
from pathlib import Path

import pytest
import pytest_asyncio
from fixtures.app import Api, serving
from httpx2 import Response

ADDRESSES = (
    *("/", "/sign-in", "/w/nobody", "/index.html", "/no.js", "/.env", "/graphiql"),
    *("/assets/", "/assets/no.js", "/assets/%2e%2e/%2e%2e/pyproject.toml", "/..%2fpyproject.toml", "/.git/HEAD"),
    *("/graphql", "/graphql?query={viewer{id}}", "/graphql?query={", "/graphql?query=mutation{signOut}"),
    *("/healthz", "/readyz", "/metrics", "/auth/nobody/start", "/auth/nobody/callback", "/callbacks/a/b/c"),
)
METHODS = ("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "TRACE")
DIRECTIVES = {
    "default-src": "'self'",
    "script-src": "'self'",
    "connect-src": "'self'",
    "object-src": "'none'",
    "base-uri": "'none'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
}


@pytest_asyncio.fixture
async def api(database_url: str, tmp_path: Path) -> AsyncGenerator[Api]:
    async with serving(database_url, tmp_path) as api:
        yield api


async def everywhere(api: Api) -> dict[tuple[str, str], Response]:
    """The answers to every method at every address."""
    return {(method, at): await api.http.request(method, at) for method in METHODS for at in ADDRESSES}


async def test_every_answer_forbids_foreign_scripts_frames_and_guesses(api: Api) -> None:
    found = await everywhere(api)
    assert {answer.status_code for answer in found.values()} >= {200, 204, 303, 400, 404, 405}
    for at, answer in found.items():
        said = dict(part.split(" ", 1) for part in answer.headers["content-security-policy"].split("; "))
        assert said.items() >= DIRECTIVES.items(), at
        assert answer.headers["x-content-type-options"] == "nosniff", at
        assert answer.headers["referrer-policy"] == "no-referrer", at
        assert "server" not in answer.headers and "x-powered-by" not in answer.headers, at
        assert not [name for name in answer.headers if name.startswith("access-control-")], at


async def test_what_has_a_body_says_what_it_is_and_text_in_which_letters(api: Api) -> None:
    found = await everywhere(api)
    kinds = {(answer.headers.get("content-type") or "") for answer in found.values() if answer.content}
    assert "" not in kinds
    assert {kind.partition(";")[0] for kind in kinds} <= {"text/html", "text/plain", "application/json"}
    assert [kind for kind in kinds if kind.startswith("text/") and "charset=utf-8" not in kind] == []


async def test_no_method_but_those_of_an_address_is_answered(api: Api) -> None:
    for at in ADDRESSES:
        for method in ("PUT", "DELETE", "TRACE"):
            assert (await api.http.request(method, at, headers={"X-Secret": "mirrored"})).status_code == 405, (
                method,
                at,
            )
    assert (await api.http.post("/")).status_code == 405


@pytest.mark.parametrize(
    "at", ["/assets/", "/assets/%2e%2e/", "/assets/%2e%2e/%2e%2e/pyproject.toml", "/..%2fREADME.md"]
)
async def test_no_folder_is_listed_and_none_is_left(api: Api, at: str) -> None:
    answer = await api.http.get(at)
    assert (answer.status_code, len(answer.content) < 100) == (404, True)


async def test_a_credential_in_an_address_is_none(api: Api) -> None:
    await api.sign_up()
    asked = {"query": "{ viewer { id } }"}
    named = await api.http.get("/graphql", params=asked, headers={"Authorization": f"Bearer {api.token}"})
    assert named.json()["data"]["viewer"]["id"]
    for name in ("access_token", "token", "Authorization", "authorization", "bearer"):
        for value in (api.token or "", f"Bearer {api.token}"):
            answer = await api.http.get("/graphql", params=asked | {name: value})
            assert answer.json() == {"data": {"viewer": None}}


@pytest.mark.parametrize("method", ["GET", "POST"])
async def test_what_is_about_a_person_is_not_stored_on_the_way(api: Api, method: str) -> None:
    await api.sign_up()
    headers = {"Authorization": f"Bearer {api.token}"}
    query = "{ viewer { email } }"
    if method == "POST":
        assert (await api.post(query)).headers["cache-control"] == "no-store"
    else:
        answer = await api.http.get("/graphql", params={"query": query}, headers=headers)
        assert answer.json()["data"]["viewer"]["email"] == "ada@example.com"
        assert answer.headers["cache-control"] == "private, no-cache"
        assert {"Authorization", "Cookie"} <= set(answer.headers["vary"].split(", "))


async def test_what_a_client_says_of_the_address_goes_into_no_link(database_url: str, tmp_path: Path) -> None:
    async with serving(database_url, tmp_path) as plain:  # on loopback the first account needs no set-up token
        await plain.sign_up()
    async with serving(database_url, tmp_path, public_url="https://fermata.example") as api:
        api.token = plain.token
        me = (await api.ask("{ viewer { id } }"))["viewer"]["id"]
        lies = {
            "Host": "evil.example",
            "X-Forwarded-Host": "evil.example",
            "Forwarded": "host=evil.example;proto=https",
        }
        made = await api.post("mutation ($id: ID!) { createResetLink(userId: $id) }", {"id": me}, **lies)
        assert made.json()["data"]["createResetLink"].startswith("https://fermata.example/reset-password#")


@pytest.mark.parametrize(
    ("introspection", "signed_in", "status"), [("off", False, 403), ("off", True, 200), ("on", False, 200)]
)
async def test_introspection_is_for_whom_the_setting_says(
    database_url: str, tmp_path: Path, introspection: str, signed_in: bool, status: int
) -> None:
    async with serving(database_url, tmp_path, introspection=introspection) as api:
        await api.sign_up()
        if not signed_in:
            api.token = None
        assert (await api.post("{ __schema { queryType { name } } }")).status_code == status


@pytest.mark.parametrize(("subdomains", "said"), [("off", ""), ("on", "; includeSubDomains")])
async def test_a_browser_is_told_of_subdomains_where_the_setting_says(
    database_url: str, tmp_path: Path, subdomains: str, said: str
) -> None:
    """By the layers of the application, and by the one outside of them that answers polls."""
    public = "https://fermata.example"
    async with serving(database_url, tmp_path, public_url=public, hsts_subdomains=subdomains) as api:
        query = "/graphql?query={viewer{id}}"
        tag = (await api.http.get(query)).headers["etag"]
        answers = [await api.http.get("/healthz"), await api.http.get(query, headers={"If-None-Match": tag})]
        assert [answer.status_code for answer in answers] == [200, 304]
        assert {answer.headers["strict-transport-security"] for answer in answers} == {f"max-age=31536000{said}"}


TEXTS = (
    "</script><script>alert(1)</script>",
    '"}],"errors":[{',
    "\\",
    "\\u0022",
    "a\u2028b\u2029c",
    "<!--",
    "&lt;",
    "\x7f\x80",
)


async def test_text_comes_back_as_it_was_sent_by_every_way_to_write_it(api: Api) -> None:
    """Alone, in a list (written a column at a time), and again (by a plan, and by the shared page): never as something else."""
    workspace = await api.sign_up()
    create = "mutation ($w: ID!, $i: [TaskInput!]!) { createTasks(workspaceId: $w, inputs: $i) { id title } }"
    new = [{"title": text, "description": text, "labels": [text[:40]], "durationMs": 1000} for text in TEXTS]
    made = (await api.ask(create, w=workspace["id"], i=new))["createTasks"]
    assert [row["title"] for row in made] == list(TEXTS)
    page = "query ($s: String!) { workspace(slug: $s) { tasks(first: 20) { nodes { title description labels } } } }"
    headers = {"Authorization": f"Bearer {api.token}"}
    for _ in range(3):
        asked = {"query": page, "variables": f'{{"s": "{workspace["slug"]}"}}'}
        answer = await api.http.get("/graphql", params=asked, headers=headers)
        rows = answer.json()["data"]["workspace"]["tasks"]["nodes"]
        assert sorted(row["title"] for row in rows) == sorted(TEXTS)
        assert all(row["description"] == row["title"] and row["labels"] == [row["title"][:40]] for row in rows)
        assert answer.headers["content-type"].startswith("application/json")
