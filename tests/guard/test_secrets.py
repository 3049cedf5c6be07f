"""Secrets: a whole run of a real server that tells all it can tell, and nothing of what must not be told is in it.

Every secret that was made, sent or set is searched, in the forms in which it travels, in the log (JSON, debug), in what was
printed, and in every answer that is an error.
"""

import re
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from conftest import Waiting
from fixtures.issuer import StrictIssuer, strict_issuer
from fixtures.searched import Run, bearer, starting, told
from sqlalchemy import text

from models.database import Database

CREDENTIALS = "accessToken refreshToken user { id }"
SIGN_UP = f"mutation ($i: SignUpInput!) {{ signUp(input: $i) {{ {CREDENTIALS} }} }}"
SIGN_IN = f"mutation ($i: SignInInput!) {{ signIn(input: $i) {{ {CREDENTIALS} }} }}"
REFRESH = f"mutation ($t: String) {{ refreshSession(refreshToken: $t) {{ {CREDENTIALS} }} }}"
RESET = f"mutation ($t: String!, $p: String!) {{ resetPassword(token: $t, newPassword: $p) {{ {CREDENTIALS} }} }}"


def account(run: Run, name: str, **more: str) -> dict[str, Any]:
    password = run.keep("password", f"{name} walks 7 violet llamas")
    return {"email": f"{name}@example.com", "password": password, "displayName": name.title(), **more}


async def sign_up_and_in(run: Run) -> str:
    """The first account by its set-up token, wrong ways, and a session that is refreshed; gives an access token."""
    printed = re.search(r"#(?:token=)?([\w-]{16,})", run.server.out.read_text())
    assert printed, run.server.out.read_text()
    ada = account(run, "ada")
    wrong = {"setupToken": run.keep("wrong set-up token", "not-the-set-up-token")}
    assert await run.refused(SIGN_UP, {"i": ada | wrong}) == "FORBIDDEN"
    assert await run.refused(SIGN_UP, {"i": {"password": run.keep("password", "half an input 81")}}) == "INVALID_INPUT"
    await run.granted(SIGN_UP, {"i": ada | {"setupToken": printed[1]}})
    run.keep("set-up token", printed[1])
    known = {"email": ada["email"], "password": ada["password"]}
    typed = run.keep("wrong password", "ada walks 8 violet llamas")
    assert await run.refused(SIGN_IN, {"i": known | {"password": typed}}) == "UNAUTHENTICATED"
    await run.granted(SIGN_IN, {"i": known})
    first = list(run.secrets.values())[-2]
    await run.granted(REFRESH, {"t": first})
    assert await run.refused(REFRESH, {"t": run.keep("mangled", f"{first[:-3]}abc")}) == "UNAUTHENTICATED"
    answer = await run.http.post("/graphql", json={"query": SIGN_IN, "variables": {"i": {**known, "useCookie": True}}})
    name, _, value = run.seen(answer).headers["set-cookie"].split(";")[0].partition("=")
    run.keep("cookie", value)
    refresh = "mutation { refreshSession(useCookie: true) { accessToken } }"
    renewed = await run.ask(refresh, Cookie=f"{name}={value}")
    return run.keep("access token", renewed["data"]["refreshSession"]["accessToken"])


async def tokens_and_links(run: Run, access: str) -> None:
    """API tokens, invitations, reset links: made, used, used up."""
    places = await run.ask("{ viewer { workspaces { workspace { id } } } }", **bearer(access))
    where = places["data"]["viewer"]["workspaces"][0]["workspace"]["id"]
    made = await run.ask(
        'mutation ($w: ID!) { createApiToken(workspaceId: $w, name: "robot", role: VIEWER) { secret apiToken { id } } }',
        {"w": where},
        **bearer(access),
    )
    program = run.keep("API token", made["data"]["createApiToken"]["secret"])
    assert "errors" not in await run.ask("{ viewer { id } }", **bearer(program))
    await run.ask(
        "mutation ($id: ID!) { revokeApiToken(id: $id) }",
        {"id": made["data"]["createApiToken"]["apiToken"]["id"]},
        **bearer(access),
    )
    for credential in (program, f"{program[:-2]}zz", f"{access[:-4]}abcd", f"Basic {access}"):
        assert await run.refused("{ viewer { id } }", **bearer(credential)) == "UNAUTHENTICATED"
    query = "mutation ($w: ID!) { inviteMember(workspaceId: $w, role: VIEWER) { token } }"
    invited = await run.ask(query, {"w": where}, **bearer(access))
    invitation = run.keep("invitation", invited["data"]["inviteMember"]["token"])
    await run.granted(SIGN_UP, {"i": account(run, "bob", invitation=invitation)})
    assert await run.refused(SIGN_UP, {"i": account(run, "eve", invitation=invitation)}) == "NOT_FOUND"
    me = (await run.ask("{ viewer { id } }", **bearer(access)))["data"]["viewer"]["id"]
    link = await run.ask("mutation ($id: ID!) { createResetLink(userId: $id) }", {"id": me}, **bearer(access))
    token = run.keep("reset token", re.split(r"[#=/]", link["data"]["createResetLink"])[-1])
    chosen = {"t": token, "p": run.keep("password", "ada swims 9 yellow rivers")}
    await run.granted(RESET, chosen)
    assert await run.refused(RESET, chosen) == "NOT_FOUND"


async def mail_that_fails(run: Run, until: Waiting) -> None:
    """Nobody listens where the mail server should be."""
    asked = await run.ask('mutation { requestPasswordReset(email: "bob@example.com") }')
    assert asked == {"data": {"requestPasswordReset": True}}

    async def told() -> bool:
        return "a mail was not sent" in run.server.log.read_text()

    await until(told)


async def a_provider_that_refuses(run: Run, issuer: StrictIssuer) -> None:
    """A code that the provider does not know, a state that is not ours, an ID token that nobody has signed."""
    started = await run.http.get("/auth/strict/start")
    asked = parse_qs(urlsplit(started.headers["location"]).query)
    cookie = started.headers["set-cookie"].split(";")[0]
    run.keep("sign-in state", cookie.partition("=")[2])
    run.keep("state", asked["state"][0])
    run.keep("nonce", asked["nonce"][0])
    brought = {"code": run.keep("code", "a-code-of-another-browser"), "state": asked["state"][0]}
    other = run.keep("state", "another-state-than-ours")
    for state, failed in ((brought["state"], "ProviderFailed"), (other, "SignInStale")):
        answer = await run.http.get(
            "/auth/strict/callback", params={**brought, "state": state}, headers={"Cookie": cookie}
        )
        run.answers.append(answer.headers["location"])
        assert f"failed={failed}" in answer.headers["location"]
    for token in (issuer.token(aud="another"), f"{issuer.token()[:-6]}AAAAAA"):
        query = 'mutation ($t: String!) { signInWithIdToken(provider: "strict", idToken: $t) { expiresAt } }'
        assert await run.refused(query, {"t": run.keep("ID token", token)}) != "INTERNAL"


async def what_is_no_request(run: Run) -> None:
    """Secrets in documents, bodies and addresses that are wrong."""
    password = run.keep("password", "mistyped and misplaced 44")
    document = f'mutation {{ signIn(input: {{email: "ada@example.com", password: "{password}"'
    for body in (
        document,
        document + ", other: 1}) { expiresAt } }",
        f'{{ viewer(password: "{password}") {{ id }} }}',
        f'{{ "{password}" }}',
        f'{{ viewer """{password}"""',
    ):
        assert "errors" in await run.ask(body)
    for variables in (
        {"i": {"password": password}},
        {"i": password},
        {"i": [{"password": password, "email": 1}]},
        {"i": {"email": "ada@example.com", "password": [password]}},
    ):
        assert "errors" in await run.ask(SIGN_IN, variables)
    run.seen(await run.http.post("/graphql", content=f'{{"query": "{document}', headers={"Content-Type": "text/plain"}))
    run.seen(await run.http.post("/graphql", content=document, headers={"Content-Type": "application/json"}))
    run.seen(await run.http.get("/graphql", params={"query": document}))
    run.seen(await run.http.get("/graphql", params={"password": password, "token": password}))
    run.seen(await run.http.get("/metrics", headers=bearer(run.keep("wrong metrics token", "not-the-metrics-token"))))


async def a_crash(run: Run, db: Database) -> None:
    """A table that is not as the server believes: traces of statements with a password's hash and a token's in them."""
    async with db.one() as connection:
        await connection.execute(text("alter table sessions rename column user_agent to elsewhere"))
    known = {"email": "ada@example.com", "password": "ada swims 9 yellow rivers"}
    assert await run.refused(SIGN_IN, {"i": known}) == "INTERNAL"
    async with db.one() as connection:
        await connection.execute(text("alter table refresh_tokens rename column successor to elsewhere"))
    assert await run.refused(REFRESH, {"t": run.keep("refresh token", "never-given-out-23")}) == "INTERNAL"
    assert "UndefinedColumn" in run.server.log.read_text()


async def keep_what_is_stored(run: Run, db: Database) -> None:
    """What the database holds instead of secrets is not for the log either."""
    async with db.one() as connection:
        for row in await connection.execute(text("select password_hash from users where password_hash is not null")):
            run.keep("password's hash", row[0])
        for row in await connection.execute(text("select encode(token_hash, 'hex') from refresh_tokens")):
            run.keep("token's hash", row[0])


async def test_no_secret_is_in_the_log_of_a_whole_run_nor_in_an_error(
    tmp_path: Path, database_url: str, db: Database, until: Waiting
) -> None:
    with strict_issuer() as issuer:
        async with starting(tmp_path, database_url, issuer) as run:
            access = await sign_up_and_in(run)
            await tokens_and_links(run, access)
            await mail_that_fails(run, until)
            await a_provider_that_refuses(run, issuer)
            await what_is_no_request(run)
            await a_crash(run, db)
            await keep_what_is_stored(run, db)
            await run.server.stop()
    log, printed = run.server.log.read_text(), run.server.out.read_text()
    assert len(run.secrets) > 40
    assert len(log.splitlines()) > 40
    assert told(run.secrets, log) == []
    at_start = [name for name in run.secrets if name.startswith("set-up token")]
    assert told(run.secrets, printed) == at_start, "the set-up link is printed, for whoever starts it"
    assert {name for answer in run.answers for name in told(run.secrets, answer)} == set()
