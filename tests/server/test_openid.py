"""The two addresses of a sign-in with an identity provider: the cookie that goes along, and what must not be believed."""

import re
from collections.abc import AsyncGenerator, Generator
from http.cookies import SimpleCookie
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
import pytest_asyncio
from fixtures.app import ORIGIN, Api, serving
from fixtures.issuer import CLIENT_ID, StrictIssuer, strict_issuer
from httpx2 import ASGITransport, AsyncClient, Response

from auth import errors
from auth.oidc import COOKIE, SECONDS
from gql import cookies
from server.openid import SECURE_COOKIE

FAILURES = Path(__file__).parents[2] / "frontend" / "src" / "features" / "session" / "failures.ts"
START, CALLBACK = "/auth/strict/start", "/auth/strict/callback"
EMAIL = "query { viewer { email } }"
REFRESH = "mutation { refreshSession(useCookie: true) { accessToken } }"


@pytest.fixture
def issuer() -> Generator[StrictIssuer]:
    with strict_issuer() as found:
        yield found


@pytest.fixture
def providers(issuer: StrictIssuer, tmp_path: Path) -> Path:
    """The file of identity providers."""
    file = tmp_path / "oidc.toml"
    file.write_text(f'[strict]\nissuer = "{issuer.address}"\nclient_id = "{CLIENT_ID}"\nclient_secret = "s"\n')
    return file


@pytest_asyncio.fixture
async def api(database_url: str, tmp_path: Path, providers: Path) -> AsyncGenerator[Api]:
    async with serving(database_url, tmp_path, oidc_file=providers) as api:
        yield api


async def come_back(api: Api, issuer: StrictIssuer, return_to: str = "/w/ops") -> tuple[dict[str, str], Response]:
    """A whole sign-in in the browser of `api`: what the provider gave it, and our last answer."""
    started = await api.http.get(START, params={"return_to": return_to})
    given = issuer.let_in(started.headers["location"])
    return given, await api.http.get(CALLBACK, params=given)


def failed(response: Response) -> str:
    """The kind of failure that the sign-in page is told."""
    assert response.status_code == 303
    assert cookies.PLAIN_NAME not in _cookies(response)
    page = urlsplit(response.headers["location"])
    assert page.path == "/sign-in"
    return parse_qs(page.query)["failed"][0]


async def test_a_sign_in_ends_where_one_was_going_with_the_session_in_its_cookie(
    api: Api, issuer: StrictIssuer
) -> None:
    _, answer = await come_back(api, issuer)
    assert (answer.status_code, answer.headers["location"]) == (303, "/w/ops")
    assert answer.headers["cache-control"] == "no-store"
    session = _cookies(answer)[cookies.PLAIN_NAME]
    assert (session["httponly"], session["samesite"], session["path"]) == (True, "strict", "/")
    api.token = (await api.ask(REFRESH))["refreshSession"]["accessToken"]
    assert await api.ask(EMAIL) == {"viewer": {"email": "ann@example.com"}}


async def test_what_the_browser_carries_is_out_of_reach_of_scripts_and_of_other_paths_and_short_lived(api: Api) -> None:
    started = await api.http.get(START)
    assert (started.status_code, started.headers["cache-control"]) == (303, "no-store")
    carried = _cookies(started)[COOKIE]
    # Lax, as it has to come along when the provider sends the browser back from another site.
    assert (carried["httponly"], carried["samesite"], carried["path"]) == (True, "lax", "/auth")
    assert (carried["max-age"], carried["secure"], carried["domain"]) == (str(SECONDS), "", "")
    asked = parse_qs(urlsplit(started.headers["location"]).query)
    assert asked["redirect_uri"] == [f"{ORIGIN}{CALLBACK}"]
    for secret in (asked["state"][0], asked["nonce"][0]):
        assert secret not in carried.value


async def test_behind_https_both_cookies_go_over_https_only(
    database_url: str, tmp_path: Path, providers: Path, issuer: StrictIssuer
) -> None:
    public = "https://fermata.example"
    async with serving(database_url, tmp_path, oidc_file=providers, public_url=public) as api:
        api.http.base_url = public
        started = await api.http.get(START)
        carried = _cookies(started)[SECURE_COOKIE]
        assert SECURE_COOKIE.startswith("__Host-")  # which browsers take with these only
        assert (carried["secure"], carried["path"], carried["domain"]) == (True, "/", "")
        given = issuer.let_in(started.headers["location"])
        answer = await api.http.get(CALLBACK, params=given)
        assert failed(answer) == "SetUpTokenNeeded"  # nobody from outside makes the first account
        assert _cookies(answer)[SECURE_COOKIE]["secure"]


@pytest.mark.parametrize(
    ("site", "leaves"),
    [("cross-site", False), ("same-site", False), ("same-origin", True), ("none", True), (None, True)],
)
async def test_no_page_of_another_site_begins_a_sign_in(
    api: Api, issuer: StrictIssuer, site: str | None, leaves: bool
) -> None:
    """The provider may let a browser in without a word, and somebody would be signed in who only followed a link."""
    headers = {"Sec-Fetch-Site": site} if site else {}
    answer = await api.http.get(START, params={"return_to": "/w/ops"}, headers=headers)
    assert answer.status_code == 303
    assert (COOKIE in _cookies(answer)) is leaves
    assert (answer.headers["location"] == "/sign-in?next=%2Fw%2Fops") is not leaves
    assert answer.headers["location"].startswith(issuer.address) is leaves


async def test_the_cookie_is_taken_away_whether_or_not_the_sign_in_went_well(api: Api, issuer: StrictIssuer) -> None:
    for good in (True, False):
        started = await api.http.get(START)
        given = issuer.let_in(started.headers["location"])
        answer = await api.http.get(CALLBACK, params=given if good else {**given, "state": "another"})
        gone = _cookies(answer)[COOKIE]
        assert (gone.value, gone["max-age"], gone["path"]) == ("", "0", "/auth")
        assert COOKIE not in api.http.cookies


async def test_an_address_that_was_used_signs_nobody_in_again(api: Api, issuer: StrictIssuer) -> None:
    started = await api.http.get(START)
    carried = api.http.cookies[COOKIE]
    given = issuer.let_in(started.headers["location"])
    assert (await api.http.get(CALLBACK, params=given)).headers["location"] == "/"
    assert failed(await api.http.get(CALLBACK, params=given)) == "SignInStale"
    # Even with the cookie kept: the provider gives nothing for a code a second time.
    api.http.cookies.set(COOKIE, carried, path="/auth")
    assert failed(await api.http.get(CALLBACK, params=given)) == "ProviderFailed"


async def test_who_was_not_let_in_gets_back_to_the_page_that_they_wanted(api: Api, issuer: StrictIssuer) -> None:
    started = await api.http.get(START, params={"return_to": "/w/ops?status=PAUSED"})
    given = issuer.let_in(started.headers["location"])
    answer = await api.http.get(CALLBACK, params={"error": "access_denied", "state": given["state"]})
    assert parse_qs(urlsplit(answer.headers["location"]).query) == {
        "failed": ["SignInDeclined"],
        "next": ["/w/ops?status=PAUSED"],
    }
    answer = await api.http.get("/auth/nobody/start", params={"return_to": "//evil.example"})
    assert answer.headers["location"] == "/sign-in?failed=UnknownProvider"


async def test_the_log_says_why_a_sign_in_failed_and_nothing_that_was_sent(
    api: Api, issuer: StrictIssuer, caplog: pytest.LogCaptureFixture
) -> None:
    given = issuer.let_in((await api.http.get(START)).headers["location"])
    carried = api.http.cookies[COOKIE]
    await api.http.get(CALLBACK, params={**given, "iss": "https://evil.example"})
    await api.http.get(START)
    state = parse_qs(urlsplit((await api.http.get(START)).headers["location"]).query)["state"][0]
    await api.http.get(CALLBACK, params={"error": "<b>Call us</b>", "state": state})
    await api.http.get(CALLBACK, params=given)
    found = [record.getMessage() for record in caplog.records if record.name == "auth.failures"]
    begins = "a sign-in with an identity provider failed: "
    assert found == [
        f"{begins}ProviderFailed, the answer names another issuer (RFC 9207) (issuer {issuer.address})",
        f"{begins}SignInDeclined, the provider said something else (issuer {issuer.address})",
        f"{begins}SignInStale, the state is not the one that this browser left with, or is over (issuer {issuer.address})",
    ]
    for secret in (given["code"], given["state"], state, carried, "evil", "Call us"):
        assert secret not in "".join(found)


async def test_another_browser_cannot_be_made_to_take_over_a_sign_in(api: Api, issuer: StrictIssuer) -> None:
    started = await api.http.get(START)
    given = issuer.let_in(started.headers["location"])
    async with AsyncClient(transport=ASGITransport(api.app), base_url=ORIGIN, timeout=60) as other:
        assert failed(await other.get(CALLBACK, params=given)) == "SignInStale"
        await other.get(START)  # with a sign-in of its own under way
        assert failed(await other.get(CALLBACK, params=given)) == "SignInStale"
    assert (await api.http.get(CALLBACK, params=given)).headers["location"] == "/"


async def test_the_cookie_of_one_provider_is_worth_nothing_at_another(
    database_url: str, tmp_path: Path, providers: Path, issuer: StrictIssuer
) -> None:
    providers.write_text(providers.read_text() + providers.read_text().replace("[strict]", "[other]"))
    async with serving(database_url, tmp_path, oidc_file=providers) as api:
        given = issuer.let_in((await api.http.get("/auth/other/start")).headers["location"])
        assert failed(await api.http.get(CALLBACK, params=given)) == "SignInStale"


@pytest.mark.parametrize(
    "address",
    ["//evil.example", "https://evil.example", "/\\evil.example", "/a\nb", "javascript:x", "/.//evil.example"],
)
async def test_one_comes_back_to_pages_of_this_site_only(api: Api, issuer: StrictIssuer, address: str) -> None:
    _, answer = await come_back(api, issuer, address)
    assert answer.headers["location"] == "/"


@pytest.mark.parametrize("path", ["/auth/nobody/start", "/auth/nobody/callback?code=x&state=y"])
async def test_a_provider_that_is_not_set_up_here_is_said_so_on_the_sign_in_page(api: Api, path: str) -> None:
    assert failed(await api.http.get(path)) == "UnknownProvider"


async def test_a_person_who_was_not_let_in_comes_to_the_sign_in_page(api: Api) -> None:
    state = parse_qs(urlsplit((await api.http.get(START)).headers["location"]).query)["state"][0]
    # What the provider has to say goes nowhere: the page has its own words for the kind of failure.
    given = {"error": "access_denied", "error_description": "<b>Call us</b>", "state": state}
    assert failed(await api.http.get(CALLBACK, params=given)) == "SignInDeclined"


async def test_a_provider_that_is_away_is_said_so(api: Api, issuer: StrictIssuer) -> None:
    issuer.broken = True
    assert failed(await api.http.get(START)) == "ProviderFailed"


async def test_nobody_new_comes_in_where_sign_up_is_closed(
    database_url: str, tmp_path: Path, providers: Path, issuer: StrictIssuer
) -> None:
    async with serving(database_url, tmp_path, oidc_file=providers, signup="closed") as api:
        await api.sign_up("root")
        _, answer = await come_back(api, issuer)
        assert failed(answer) == "SignUpClosed"


def test_the_words_of_the_sign_in_page_are_for_failures_that_there_are() -> None:
    named = re.findall(r"^  (\w+):", FAILURES.read_text(), re.MULTILINE)
    assert len(named) == 10
    for name in named:
        assert issubclass(getattr(errors, name), errors.AuthError)


def _cookies(response: Response) -> SimpleCookie:
    found = SimpleCookie()
    for line in response.headers.get_list("set-cookie"):
        found.load(line)
    return found
