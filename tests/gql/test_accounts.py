"""Signing up, in and out through the schema: who holds which token, and where the refresh token travels."""

from typing import Any

import pytest
from fixtures.operations import PASSWORD
from fixtures.people import authenticate
from fixtures.surface import KEYS, Asker, code
from fixtures.world import World
from sqlalchemy import text

from auth.principal import Principal
from gql.context import Services
from gql.ids import NodeType, encode

SIGN_UP = """mutation ($cookie: Boolean, $name: String = "Ada") { signUp(input: {email: "ada@example.com",
  password: "violet anchor seventeen", displayName: $name, useCookie: $cookie}) { accessToken expiresAt refreshToken
  user { email displayName isInstanceAdmin workspaces { role workspace { name viewerRole } } sessions { current } } } }"""
SIGN_IN = """mutation ($cookie: Boolean, $password: String!) { signIn(input: {email: "ADA@example.com",
  password: $password, useCookie: $cookie}) { accessToken refreshToken user { displayName } } }"""
REFRESH = """mutation ($token: String, $cookie: Boolean) {
  refreshSession(refreshToken: $token, useCookie: $cookie) { accessToken refreshToken user { email } } }"""


async def who(services: Services, access_token: str) -> Principal:
    """Whom an access token speaks for."""
    found = await authenticate(services.db, KEYS, f"Bearer {access_token}")
    assert found is not None
    return found


async def signed_up(execute: Asker, *, cookie: bool = False) -> dict[str, Any]:
    answer = await execute(SIGN_UP, {"cookie": cookie})
    assert "errors" not in answer
    return answer["data"]["signUp"]


async def test_who_signs_up_is_signed_in_and_admin_of_a_workspace_of_their_own(execute: Asker) -> None:
    made = await signed_up(execute)
    assert made["user"] == {
        "email": "ada@example.com",
        "displayName": "Ada",
        "isInstanceAdmin": True,
        "workspaces": [{"role": "ADMIN", "workspace": {"name": "Ada's workspace", "viewerRole": "ADMIN"}}],
        "sessions": [{"current": True}],
    }
    viewer = await execute("{ viewer { displayName } }", as_=await who(execute.services, made["accessToken"]))
    assert viewer["data"]["viewer"] == {"displayName": "Ada"}


@pytest.mark.parametrize("cookie", [True, False])
async def test_the_refresh_token_travels_in_the_cookie_or_in_the_payload_and_never_in_both(
    cookie: bool, execute: Asker
) -> None:
    made = await signed_up(execute, cookie=cookie)
    assert (made["refreshToken"] is None) is cookie
    assert len(execute.cookies) == (1 if cookie else 0)
    token = execute.cookies[0] if cookie else made["refreshToken"]
    again = await execute(REFRESH, {"token": None if cookie else token, "cookie": cookie}, refresh_cookie=token)
    assert again["data"]["refreshSession"]["user"] == {"email": "ada@example.com"}
    assert (again["data"]["refreshSession"]["refreshToken"] is None) is cookie
    assert len(execute.cookies) == (2 if cookie else 0)


async def test_without_a_refresh_token_there_is_nothing_to_refresh(execute: Asker) -> None:
    assert code(await execute(REFRESH, {"token": "unknown"})) == "UNAUTHENTICATED"
    assert code(await execute(REFRESH, {"cookie": True})) == "UNAUTHENTICATED"
    assert execute.cookies == []


async def test_every_wrong_value_of_a_new_account_is_named_with_its_path(execute: Asker) -> None:
    document = 'mutation { signUp(input: {email: "no", password: "violet anchor 17", displayName: ""}) { expiresAt } }'
    answer = await execute(document)
    assert {field["path"] for field in answer["errors"][0]["extensions"]["fields"]} == {
        "input.email",
        "input.displayName",
    }
    weak = 'mutation { signUp(input: {email: "a@example.com", password: "password", displayName: "A"}) { expiresAt } }'
    assert [field["path"] for field in (await execute(weak))["errors"][0]["extensions"]["fields"]] == ["input.password"]


async def test_a_wrong_password_and_an_unknown_address_are_told_the_same(execute: Asker) -> None:
    await signed_up(execute)
    wrong = await execute(SIGN_IN, {"password": "not this one at all"})
    document = SIGN_IN.replace("ADA@", "nobody@")
    assert await execute(document, {"password": PASSWORD}) == wrong
    assert code(wrong) == "UNAUTHENTICATED"
    right = await execute(SIGN_IN, {"password": PASSWORD})
    assert right["data"]["signIn"]["user"] == {"displayName": "Ada"}


async def test_too_many_wrong_passwords_are_told_when_to_try_again(execute: Asker) -> None:
    answers = [await execute(SIGN_IN, {"password": "not this one at all"}) for _ in range(11)]
    assert [code(answer) for answer in answers] == ["UNAUTHENTICATED"] * 10 + ["RATE_LIMITED"]
    assert answers[-1]["errors"][0]["extensions"]["retryAfterMs"] > 0


async def test_signing_out_ends_the_session_and_takes_the_cookie_away(execute: Asker) -> None:
    made = await signed_up(execute)
    ada = await who(execute.services, made["accessToken"])
    assert (await execute("mutation { signOut }", as_=ada))["data"] == {"signOut": True}
    assert execute.cookies == [None]
    assert code(await execute(REFRESH, {"token": made["refreshToken"]})) == "UNAUTHENTICATED"


async def test_signing_out_by_the_cookie_alone_ends_its_session(execute: Asker) -> None:
    made = await signed_up(execute, cookie=True)
    cookie = execute.cookies.pop()
    assert (await execute("mutation { signOut }", refresh_cookie=cookie))["data"] == {"signOut": True}
    assert execute.cookies == [None]
    with pytest.raises(Exception, match="session has ended"):
        await who(execute.services, made["accessToken"])


async def test_one_of_several_sessions_can_be_ended(execute: Asker) -> None:
    first = await signed_up(execute)
    ada = await who(execute.services, first["accessToken"])
    await execute(SIGN_IN, {"password": PASSWORD})
    listed = await execute("{ viewer { sessions { id current userAgent } } }", as_=ada)
    sessions = listed["data"]["viewer"]["sessions"]
    assert sorted(one["current"] for one in sessions) == [False, True]
    other = next(one["id"] for one in sessions if not one["current"])
    ended = await execute("mutation ($id: ID!) { revokeSession(id: $id) }", {"id": other}, as_=ada)
    assert ended["data"] == {"revokeSession": True}
    left = await execute("{ viewer { sessions { current } } }", as_=ada)
    assert left["data"]["viewer"]["sessions"] == [{"current": True}]


async def test_a_new_password_holds_and_the_old_one_does_not(execute: Asker) -> None:
    ada = await who(execute.services, (await signed_up(execute))["accessToken"])
    document = "mutation ($a: String!, $b: String!) { changePassword(currentPassword: $a, newPassword: $b) }"
    refused = await execute(document, {"a": PASSWORD, "b": "short"}, as_=ada)
    assert [field["path"] for field in refused["errors"][0]["extensions"]["fields"]] == ["newPassword"]
    assert (await execute(document, {"a": PASSWORD, "b": "granite otter lantern"}, as_=ada))["data"]["changePassword"]
    assert code(await execute(SIGN_IN, {"password": PASSWORD})) == "UNAUTHENTICATED"
    assert code(await execute(SIGN_IN, {"password": "granite otter lantern"})) == "OK"


async def test_an_invitation_is_made_shown_accepted_and_used_up(execute: Asker, world: World) -> None:
    document = """mutation ($w: ID!) { inviteMember(workspaceId: $w, role: EDITOR, email: null) {
      token url invitation { id role email invitedBy { displayName } } } }"""
    made = (await execute(document, {"w": world.ids["workspace"]}, as_=world["ADMIN"]))["data"]["inviteMember"]
    assert made["url"].startswith("http://127.0.0.1:8000/") and made["url"].endswith(made["token"])
    assert (made["invitation"]["role"], made["invitation"]["email"]) == ("EDITOR", None)
    accept = "mutation ($t: String!) { acceptInvitation(token: $t) { role workspace { slug viewerRole } } }"
    joined = await execute(accept, {"t": made["token"]}, as_=world["outsider"])
    place = {"slug": world.slug, "viewerRole": "EDITOR"}
    assert joined["data"]["acceptInvitation"] == {"role": "EDITOR", "workspace": place}
    assert code(await execute(accept, {"t": made["token"]}, as_=world["instance admin"])) == "NOT_FOUND"
    listed = "query ($s: String!) { workspace(slug: $s) { invitations { id } } }"
    left = await execute(listed, {"s": world.slug}, as_=world["ADMIN"])
    assert left["data"]["workspace"]["invitations"] == []


async def test_an_api_token_is_shown_once_and_works_until_it_is_revoked(execute: Asker, world: World) -> None:
    document = """mutation ($w: ID!, $until: DateTime) {
      createApiToken(workspaceId: $w, name: "robot", role: OPERATOR, expiresAt: $until) {
        secret apiToken { id name role createdBy { displayName } expiresAt } } }"""
    over = await execute(document, {"w": world.ids["workspace"], "until": "2020-01-01T00:00:00Z"}, as_=world["ADMIN"])
    assert [field["path"] for field in over["errors"][0]["extensions"]["fields"]] == ["expiresAt"]
    made = (await execute(document, {"w": world.ids["workspace"]}, as_=world["ADMIN"]))["data"]["createApiToken"]
    robot = await who(execute.services, made["secret"])
    seen = await execute("query ($s: String!) { workspace(slug: $s) { viewerRole } }", {"s": world.slug}, as_=robot)
    assert seen["data"]["workspace"] == {"viewerRole": "OPERATOR"}
    revoke = "mutation ($id: ID!) { revokeApiToken(id: $id) }"
    assert code(await execute(revoke, {"id": made["apiToken"]["id"]}, as_=world["ADMIN"])) == "OK"
    gone = await execute("query ($s: String!) { workspace(slug: $s) { viewerRole } }", {"s": world.slug}, as_=robot)
    assert gone["data"]["workspace"] is None


async def test_the_last_admin_of_a_workspace_stays(execute: Asker, surface: Services) -> None:
    ada = await who(surface, (await signed_up(execute))["accessToken"])
    listed = await execute("{ viewer { id workspaces { workspace { id } } } }", as_=ada)
    viewer = listed["data"]["viewer"]
    variables = {"w": viewer["workspaces"][0]["workspace"]["id"], "u": viewer["id"]}
    document = "mutation ($w: ID!, $u: ID!) { setMemberRole(workspaceId: $w, userId: $u, role: VIEWER) { role } }"
    assert code(await execute(document, variables, as_=ada)) == "CONFLICT"


async def test_accounts_are_listed_for_admins_of_the_installation_a_page_at_a_time(
    execute: Asker, world: World
) -> None:
    document = """query ($first: Int, $after: String) { users(first: $first, after: $after) {
      nodes { email } pageInfo { hasNextPage endCursor } } }"""
    admin = world["instance admin"]
    async with execute.services.db.one() as connection:
        number = (await connection.execute(text("select count(*) from users"))).scalar_one()
    seen: list[str] = []
    after = None
    while True:
        answer = await execute(document, {"first": 5, "after": after}, as_=admin)
        page = answer["data"]["users"]
        seen += [node["email"] for node in page["nodes"]]
        after = page["pageInfo"]["endCursor"]
        if not page["pageInfo"]["hasNextPage"]:
            break
    assert len(seen) == len(set(seen)) == number


async def test_a_shut_account_can_do_nothing_until_it_is_opened_again(execute: Asker, world: World) -> None:
    document = "mutation ($id: ID!, $to: Boolean!) { setUserDisabled(id: $id, disabled: $to) { disabled } }"
    about = {"id": encode(NodeType.USER, world["token EDITOR"].user.id)}
    shut = await execute(document, about | {"to": True}, as_=world["instance admin"])
    assert shut["data"]["setUserDisabled"] == {"disabled": True}
    look = "query ($s: String!) { workspace(slug: $s) { name } }"
    assert (await execute(look, {"s": world.slug}, as_=world["token EDITOR"]))["data"]["workspace"] is None
    await execute(document, about | {"to": False}, as_=world["instance admin"])
    assert (await execute(look, {"s": world.slug}, as_=world["token EDITOR"]))["data"]["workspace"] is not None


async def test_an_admin_of_the_installation_hands_out_a_link_to_choose_a_new_password(
    execute: Asker, world: World
) -> None:
    someone = world["VIEWER"].user
    make = "mutation ($id: ID!) { createResetLink(userId: $id) }"
    about = {"id": encode(NodeType.USER, someone.id)}
    link = (await execute(make, about, as_=world["instance admin"]))["data"]["createResetLink"]
    page, _, token = link.partition("#")
    assert page == "http://127.0.0.1:8000/reset-password"
    use = "mutation ($t: String!, $p: String!) { resetPassword(token: $t, newPassword: $p) { user { id } } }"
    answer = await execute(use, {"t": token, "p": "another anchor seventy"})
    assert answer["data"]["resetPassword"]["user"] == {"id": encode(NodeType.USER, someone.id)}
    again = await execute(use, {"t": token, "p": "another anchor seventy"})
    assert again["errors"][0]["extensions"]["code"] == "NOT_FOUND"


@pytest.mark.parametrize("cookie", [True, False])
async def test_choosing_a_new_password_in_a_browser_gives_its_session_to_the_cookie(
    cookie: bool, execute: Asker, world: World
) -> None:
    make = "mutation ($id: ID!) { createResetLink(userId: $id) }"
    about = {"id": encode(NodeType.USER, world["VIEWER"].user.id)}
    link = (await execute(make, about, as_=world["instance admin"]))["data"]["createResetLink"]
    use = """mutation ($t: String!, $cookie: Boolean) {
      resetPassword(token: $t, newPassword: "another anchor seventy", useCookie: $cookie) { refreshToken } }"""
    answer = await execute(use, {"t": link.partition("#")[2], "cookie": cookie})
    assert (answer["data"]["resetPassword"]["refreshToken"] is None) is cookie
    assert len(execute.cookies) == (1 if cookie else 0)
