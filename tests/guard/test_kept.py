"""What a browser may keep of an answer (ASVS 14.3.2): nothing that holds a credential."""

from pathlib import Path

import pytest
from fixtures.app import PASSWORD, serving
from graphql import GraphQLObjectType, build_schema, get_named_type

from gql.schema import schema

SECRETS = frozenset({"accessToken", "refreshToken", "secret", "ApiTokenSecret", "InvitationSecret", "Credentials"})
GIVEN = {
    "signIn": f"""mutation {{
        signIn(input: {{email: "ada@example.com", password: "{PASSWORD}"}}) {{ accessToken refreshToken }} }}""",
    "createResetLink": """mutation ($me: ID!) { createResetLink(userId: $me) }""",
    "inviteMember": "mutation ($w: ID!) { inviteMember(workspaceId: $w, role: VIEWER) { token } }",
    "createApiToken": """mutation ($w: ID!) { createApiToken(workspaceId: $w, name: "a", role: VIEWER) { secret } }""",
}


async def test_an_answer_that_holds_a_credential_is_stored_nowhere(database_url: str, tmp_path: Path) -> None:
    async with serving(database_url, tmp_path) as api:
        workspace = await api.sign_up()
        me = (await api.ask("{ viewer { id } }"))["viewer"]["id"]
        values = {"w": workspace["id"], "me": me}
        for name, document in GIVEN.items():
            answer = await api.post(document, {key: value for key, value in values.items() if f"${key}:" in document})
            assert answer.json()["data"][name], name
            assert answer.headers["cache-control"] == "no-store", name
            assert "etag" not in answer.headers, name


async def test_what_may_be_kept_for_a_later_poll_is_of_mutations_never(database_url: str, tmp_path: Path) -> None:
    async with serving(database_url, tmp_path) as api:
        await api.sign_up()
        headers = {"Authorization": f"Bearer {api.token}"}
        asked = {"query": GIVEN["signIn"]}
        answer = await api.http.get("/graphql", params=asked, headers=headers)
        assert (answer.status_code, answer.headers["cache-control"]) == (405, "no-store")
        assert "accessToken" not in answer.text


@pytest.mark.parametrize("kind", ["Query", "Subscription"])
def test_no_question_leads_to_a_credential(kind: str) -> None:
    found = reached(kind)
    assert {"viewer", "Task"} <= found or kind == "Subscription"
    assert found.isdisjoint(SECRETS)
    assert reached("Mutation") >= SECRETS


def reached(kind: str) -> set[str]:
    """The names of all fields and types that can be asked for below a type."""
    types = build_schema(schema.as_str()).type_map
    seen: set[str] = set()
    left = [types[kind]]
    while left:
        of = left.pop()
        if isinstance(of, GraphQLObjectType) and of.name not in seen:
            seen |= {of.name, *of.fields}
            left += [get_named_type(field.type) for field in of.fields.values()]
    return seen
