"""A page of the internet whose name was made to lead here (DNS rebinding) gets nothing where only this machine should."""

from pathlib import Path

import pytest
from fixtures.app import serving
from sqlalchemy import text
from starlette.applications import Starlette

from models.database import Database
from server.hosts import Hosts, name_of

OURS = (
    "127.0.0.1:8000",
    "localhost",
    "LOCALHOST:5173",
    "localhost.",
    "fermata.localhost:8000",
    "[::1]:8000",
    "127.9.9.9",
)
OTHERS = (
    "evil.example",
    "evil.example:8000",
    "127.0.0.1.evil.example",
    "localhost.evil.example",
    "evil-localhost",
    "",
    "::1x",
)
SIGN_UP = """mutation { signUp(input: {email: "eve@example.com", password: "violet anchor seventeen", displayName: "Eve"}) {
  accessToken } }"""


async def test_the_first_account_is_not_made_by_a_page_of_elsewhere(
    database_url: str, tmp_path: Path, db: Database
) -> None:
    async with serving(database_url, tmp_path) as api:
        for host in OTHERS:
            lies = {"Host": host, "Origin": f"http://{host}", "Sec-Fetch-Site": "same-origin"}
            answer = await api.post(SIGN_UP, None, **lies)
            assert (answer.status_code, answer.json()["errors"][0]["extensions"]["code"]) == (421, "INVALID_INPUT"), (
                host
            )
            for at in ("/", "/metrics", "/healthz", "/graphql?query={signInOptions{signUp}}", "/auth/x/start"):
                assert (await api.http.get(at, headers=lies)).status_code == 421, (host, at)
        async with db.one() as connection:
            assert (await connection.execute(text("select count(*) from users"))).scalar_one() == 0
        for host in OURS:
            assert (await api.http.get("/metrics", headers={"Host": host})).status_code == 200, host
        assert "errors" not in (await api.post(SIGN_UP, Host=OURS[0])).json()


@pytest.mark.parametrize(
    ("settings", "host"),
    [
        ({"public_url": "http://127.0.0.1:18080"}, "localhost:18080"),
        ({"public_url": "http://fermata.localhost"}, "fermata.localhost"),
        ({"public_url": "https://tasks.example.com"}, "tasks.example.com"),
        ({"public_url": "https://tasks.example.com"}, "10.0.0.7"),
        ({"trusted_proxies": "127.0.0.1"}, "behind-a-proxy"),
        ({"host": "0.0.0.0"}, "a-name-of-this-machine"),
    ],
)
async def test_where_others_can_reach_it_the_host_is_theirs_to_say(
    database_url: str, tmp_path: Path, settings: dict[str, str], host: str
) -> None:
    async with serving(database_url, tmp_path, **settings) as api:
        assert (await api.http.get("/healthz", headers={"Host": host})).status_code == 200


def test_the_name_in_a_host_is_without_its_port() -> None:
    asked = ("h", "H:80", "h.:80", "[::1]", "[::1]:80", "", ":80")
    assert [name_of(host) for host in asked] == ["h", "h", "h", "::1", "::1", "", ""]


def test_what_only_begins_like_a_name_of_ours_is_none() -> None:
    ours = Hosts(Starlette(), names=frozenset({"tasks.local"}))
    good = (b"localhost", b"localhost:80", b"tasks.local:", b"[::1]:80", b"127.0.0.1:8000", b"a.localhost")
    bad = (
        b"",
        b"localhost:80.evil.example",
        b"[localhost]evil",
        b"[::1]evil",
        b"localhost@evil",
        b"localhost,evil",
        b"[::1",
        b"a:b:c",
    )
    assert [host for host in good if not ours._is_ours(host)] == []
    assert [host for host in bad if ours._is_ours(host)] == []
