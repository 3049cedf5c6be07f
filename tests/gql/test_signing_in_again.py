"""Signing in where somebody is signed in already: a new session, and the one that the browser held before is over."""

from fixtures.operations import PASSWORD
from fixtures.people import authenticate, later
from fixtures.surface import KEYS, Asker, code

from auth.errors import Unauthenticated
from gql.context import Services

SIGN_UP = """mutation ($email: String!, $cookie: Boolean) { signUp(input: {email: $email, displayName: "Ada",
  password: "violet anchor seventeen", useCookie: $cookie}) { accessToken refreshToken user { id } } }"""
SIGN_IN = """mutation ($email: String!, $cookie: Boolean) { signIn(input: {email: $email,
  password: "violet anchor seventeen", useCookie: $cookie}) { accessToken refreshToken user { id } } }"""
REFRESH = "mutation { refreshSession(useCookie: true) { accessToken } }"


async def holds(services: Services, access_token: str) -> bool:
    try:
        return await authenticate(services.db, KEYS, f"Bearer {access_token}") is not None
    except Unauthenticated:
        return False


async def test_who_signs_in_anew_gets_another_token_and_the_one_before_holds_nothing(execute: Asker) -> None:
    assert PASSWORD in SIGN_IN
    for name, document in (("ada", SIGN_UP), ("ada", SIGN_IN), ("eve", SIGN_UP), ("ada", SIGN_IN)):
        before = execute.cookies[-1] if execute.cookies else None
        variables = {"email": f"{name}@example.com", "cookie": True}
        answer = await execute(document, variables, refresh_cookie=before)
        made = answer["data"]["signUp" if document is SIGN_UP else "signIn"]
        assert execute.cookies[-1] not in (None, before)
        if before is not None:
            assert code(await execute(REFRESH, refresh_cookie=before)) == "UNAUTHENTICATED"
        assert await holds(execute.services, made["accessToken"])


async def test_a_token_that_was_put_into_a_browser_beforehand_is_not_the_one_of_its_owner(execute: Asker) -> None:
    """Session fixation: eve's cookie is there when ada signs in."""
    eve = (await execute(SIGN_UP, {"email": "eve@example.com", "cookie": False}))["data"]["signUp"]
    await execute(SIGN_UP, {"email": "ada@example.com", "cookie": False})
    variables = {"email": "ada@example.com", "cookie": True}
    ada = (await execute(SIGN_IN, variables, refresh_cookie=eve["refreshToken"]))["data"]["signIn"]
    assert execute.cookies[-1] not in (None, eve["refreshToken"])
    assert (await holds(execute.services, eve["accessToken"]), await holds(execute.services, ada["accessToken"])) == (
        False,
        True,
    )


async def test_a_program_that_signs_in_leaves_other_sessions_alone(execute: Asker) -> None:
    first = (await execute(SIGN_UP, {"email": "ada@example.com", "cookie": False}))["data"]["signUp"]
    second = (await execute(SIGN_IN, {"email": "ada@example.com", "cookie": False}))["data"]["signIn"]
    assert [await holds(execute.services, one["accessToken"]) for one in (first, second)] == [True, True]


async def test_a_cookie_that_holds_nothing_is_no_hindrance(execute: Asker) -> None:
    variables = {"email": "ada@example.com", "cookie": True}
    for before in ("unknown", "x" * 10_000):
        await execute(SIGN_UP if before == "unknown" else SIGN_IN, variables, refresh_cookie=before)
    assert len(execute.cookies) == 2


async def test_a_session_of_the_age_at_which_all_end_is_told_so(execute: Asker) -> None:
    await execute(SIGN_UP, {"email": "ada@example.com", "cookie": True})
    await later(execute.services.db, 90 * 86_400)
    answer = await execute(REFRESH, refresh_cookie=execute.cookies[-1])
    assert code(answer) == "UNAUTHENTICATED"
    assert "has reached the age" in answer["errors"][0]["message"]
