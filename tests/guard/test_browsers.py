"""Browsers: a grid of every request that a page can make, over the real application; no foreign page does what a cookie can.

What is expected of a cell stands in two tables: who is let in (`expected`), and what is answered to whom is in (ANSWERS).
What a foreign page is able to send (`foreign`) is written down apart from both, and must never have had an effect.
"""

import json
from collections.abc import AsyncGenerator
from dataclasses import dataclass
from itertools import product

import pytest
import pytest_asyncio
from fixtures.app import Api, serving
from fixtures.cluster import Cluster
from httpx2 import Response
from sqlalchemy import text

from auth.keys import fingerprint
from gql import cookies
from models.database import Database

pytestmark = pytest.mark.asyncio(loop_scope="module")

HOST = "fermata.example"
PUBLIC = f"https://{HOST}"
METHODS = ("GET", "POST")
TYPES = ("", "application/json", "text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x")
SIMPLE = (*TYPES[:1], *TYPES[2:])  # what a page may send elsewhere without being allowed to (Fetch, CORS-safelisted)
ORIGINS = ("", PUBLIC, f"http://{HOST}", "https://evil.example", f"{PUBLIC}.evil.example", "null")
SITES = ("", "same-origin", "same-site", "cross-site", "none")
CREDENTIALS = ("cookie", "bearer", "nothing")
OPERATIONS = {
    "viewer": "{ viewer { id } }",
    "refreshSession": "mutation { refreshSession { expiresAt } }",
    "signOut": "mutation { signOut }",
}
CELLS = tuple(product(METHODS, TYPES, ORIGINS, SITES))
# The code of an answer to who is let in, and whether the session is another one afterwards.
ANSWERS = {
    ("cookie", "viewer"): ("OK", False),
    ("cookie", "refreshSession"): ("OK", True),
    ("cookie", "signOut"): ("OK", True),
    ("bearer", "viewer"): ("OK", False),
    ("bearer", "refreshSession"): ("UNAUTHENTICATED", False),
    ("bearer", "signOut"): ("OK", True),
    ("nothing", "viewer"): ("OK", False),
    ("nothing", "refreshSession"): ("UNAUTHENTICATED", False),
    ("nothing", "signOut"): ("OK", False),
}


@dataclass(frozen=True)
class Cell:
    """One request of the grid."""

    method: str
    kind: str
    origin: str
    site: str
    credential: str
    operation: str

    @property
    def headers(self) -> dict[str, str]:
        """What of it stands in headers; credentials are added."""
        named = {"Content-Type": self.kind, "Origin": self.origin, "Sec-Fetch-Site": self.site}
        return {"Host": HOST} | {name: value for name, value in named.items() if value}

    @property
    def foreign(self) -> bool:
        """Whether a page of another origin can make a browser send it: old browsers say no Sec-Fetch-Site, and to GET no Origin."""
        if self.kind not in SIMPLE or self.origin == PUBLIC:
            return False
        if self.site:
            return self.site in ("same-site", "cross-site")
        return bool(self.origin) or self.method == "GET"


def let_in(cell: Cell) -> bool:
    """Whether it shows that no foreign page has sent it, or has nothing that a foreign page could use."""
    if cell.credential != "cookie":
        return True
    if cell.site:
        return cell.site == "same-origin" or (cell.site == "none" and cell.method == "GET")
    if cell.origin:
        return cell.origin == PUBLIC
    return cell.kind == "application/json"


def expected(cell: Cell) -> tuple[int, str, bool]:
    """The status and the code of its answer, and whether it has an effect."""
    if not let_in(cell):
        return 403, "FORBIDDEN", False
    if cell.method == "POST" and cell.kind != "application/json":
        return 415, "INVALID_INPUT", False
    if cell.method == "GET" and cell.operation != "viewer":
        return 405, "INVALID_INPUT", False
    return 200, *ANSWERS[cell.credential, cell.operation]


@dataclass
class Browser:
    """Somebody's browser: the application behind https, a session, and its two credentials."""

    api: Api
    db: Database
    access: str
    refresh: str

    async def send(self, cell: Cell) -> Response:
        """The answer to one cell."""
        own = {
            "cookie": {"Cookie": f"theme=dark; {cookies.SECURE_NAME}={self.refresh}"},
            "bearer": {"Authorization": f"Bearer {self.access}"},
            "nothing": {},
        }[cell.credential]
        asked = {"query": OPERATIONS[cell.operation]}
        if cell.method == "GET":
            return await self.api.http.get("/graphql", params=asked, headers=cell.headers | own)
        return await self.api.http.post("/graphql", content=json.dumps(asked), headers=cell.headers | own)

    async def changed(self) -> bool:
        """Whether the session was refreshed or ended."""
        query = "select (select count(*) from refresh_tokens) <> 1 or exists (select from sessions where revoked_at is not null)"
        async with self.db.one() as connection:
            return (await connection.execute(text(query))).scalar_one()

    async def restore(self) -> None:
        """The session as it was before."""
        async with self.db.transaction() as connection:
            await connection.execute(text("update sessions set revoked_at = null"))
            of_ours = {"hash": fingerprint(self.refresh)}
            await connection.execute(text("delete from refresh_tokens where token_hash <> :hash"), of_ours)
            await connection.execute(text("update refresh_tokens set used_at = null, successor = null"))


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser(cluster: Cluster, tmp_path_factory: pytest.TempPathFactory) -> AsyncGenerator[Browser]:
    folder = tmp_path_factory.mktemp("browsers")
    query = (
        'mutation { signUp(input: {email: "ada@example.com", password: "violet anchor seventeen", displayName: "Ada"})'
    )
    async with cluster.clone() as url:
        async with serving(url, folder) as plain:  # on loopback the first account needs no set-up token
            made = (await plain.ask(query + " { accessToken refreshToken } }"))["signUp"]
        db = Database(url, size=2, timeout=30)
        async with serving(url, folder, public_url=PUBLIC) as api:
            yield Browser(api, db, made["accessToken"], made["refreshToken"])
        await db.close()


def code(answer: Response) -> str:
    body = answer.json()
    return body["errors"][0]["extensions"]["code"] if "errors" in body else "OK"


def cors(answer: Response) -> list[str]:
    return [name for name in answer.headers if name.startswith("access-control-")]


@pytest.mark.parametrize("operation", list(OPERATIONS))
@pytest.mark.parametrize("credential", CREDENTIALS)
async def test_only_our_own_pages_and_programs_do_what_a_credential_can(
    credential: str, operation: str, browser: Browser
) -> None:
    found: dict[Cell, tuple[int, str, bool]] = {}
    for parts in CELLS:
        cell = Cell(*parts, credential, operation)
        answer = await browser.send(cell)
        assert cors(answer) == []
        changed = await browser.changed()
        found[cell] = answer.status_code, code(answer), changed
        if changed:
            await browser.restore()
    assert {cell: told for cell, told in found.items() if told != expected(cell)} == {}
    assert len(found) == 300
    if credential == "cookie":
        assert {found[cell] for cell in found if cell.foreign} == {(403, "FORBIDDEN", False)}


async def test_a_request_with_both_credentials_is_the_bearers(browser: Browser) -> None:
    """A browser adds the cookie by itself; the header is what makes the request one of ours."""
    headers = {"Authorization": f"Bearer {browser.access}", "Cookie": f"{cookies.SECURE_NAME}={browser.refresh}"}
    body = {"query": "{ viewer { displayName } }"}
    answer = await browser.api.http.post("/graphql", json=body, headers=headers | {"Origin": "https://evil.example"})
    assert answer.json() == {"data": {"viewer": {"displayName": "Ada"}}}
    assert await browser.changed() is False


@pytest.mark.parametrize("path", ["/graphql", "/", "/healthz", "/auth/nobody/start"])
@pytest.mark.parametrize("asked", ["content-type", "authorization", "x-anything"])
async def test_no_page_of_elsewhere_is_allowed_to_send_more_than_a_form_can(
    path: str, asked: str, browser: Browser
) -> None:
    headers = {
        "Origin": "https://evil.example",
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": asked,
    }
    answer = await browser.api.http.request("OPTIONS", path, headers=headers)
    assert answer.status_code < 500
    assert cors(answer) == []


async def test_the_cookie_is_out_of_reach_of_scripts_other_sites_and_subdomains(browser: Browser) -> None:
    query = "mutation ($token: String) { refreshSession(refreshToken: $token, useCookie: true) { refreshToken } }"
    answer = await browser.api.post(query, {"token": browser.refresh})
    assert answer.json() == {"data": {"refreshSession": {"refreshToken": None}}}
    name, *attributes = answer.headers["set-cookie"].split("; ")
    assert name.startswith("__Host-fermata=")
    lasting = {"httponly", "secure", "samesite=strict", "path=/", "max-age=2592000"}
    assert {part.lower() for part in attributes} == lasting
    assert answer.headers["cache-control"] == "no-store"
    await browser.restore()


async def test_signing_out_takes_the_cookie_away_with_the_same_attributes(browser: Browser) -> None:
    answer = await browser.api.post("mutation { signOut }", Cookie=f"__Host-fermata={browser.refresh}", Origin=PUBLIC)
    name, *attributes = answer.headers["set-cookie"].split("; ")
    assert name in ("__Host-fermata=", '__Host-fermata=""')
    assert {"httponly", "secure", "samesite=strict", "path=/", "max-age=0"} <= {part.lower() for part in attributes}
    await browser.restore()


async def test_over_plain_http_on_loopback_the_cookie_needs_no_https(
    cluster: Cluster, tmp_path_factory: pytest.TempPathFactory
) -> None:
    account = 'email: "bob@example.com", password: "violet anchor seventeen", displayName: "Bob", useCookie: true'
    query = f"mutation {{ signUp(input: {{{account}}}) {{ refreshToken }} }}"
    async with cluster.clone() as url, serving(url, tmp_path_factory.mktemp("plain")) as plain:
        answer = await plain.post(query)
    assert answer.json() == {"data": {"signUp": {"refreshToken": None}}}
    name, *attributes = answer.headers["set-cookie"].split("; ")
    assert name.startswith("fermata=")
    assert {part.lower() for part in attributes} == {"httponly", "samesite=strict", "path=/", "max-age=2592000"}
