"""The ways in: which operations give a session, which addresses there are, and what changes how somebody comes in. No other."""

from pathlib import Path

from graphql import GraphQLArgument, GraphQLField, GraphQLObjectType, get_named_type
from starlette.applications import Starlette

from gql.execution import core
from gql.schema import schema
from server.app import create
from server.settings import Settings

SERVED = core(schema)
DOCS = Path(__file__).parents[2] / "docs"
# What gives a session, and by what: each is told of in docs/security.md, Ways in.
WAYS = {
    "signUp": "a new account's password",
    "signIn": "a password",
    "signInWithIdToken": "an ID token of a provider",
    "resetPassword": "a link to choose a new password",
    "refreshSession": "a refresh token",
}
ADDRESSES = {
    *("/graphql", "/healthz", "/readyz", "/metrics", "/assets", "/graphiql", "/{path:path}"),
    *("/auth/{provider}/start", "/auth/{provider}/callback", "/callbacks/{task_id}/{run}/{step}"),
}
# What takes an address: to sign up or in, to be mailed a link, to be invited. Nothing changes the one of an account.
TAKES_AN_ADDRESS = {"signUp", "signIn", "requestPasswordReset", "inviteMember"}


def mutations() -> dict[str, GraphQLField]:
    kind = SERVED.mutation_type
    assert isinstance(kind, GraphQLObjectType)
    return kind.fields


def names_of(argument: str, given: GraphQLArgument) -> set[str]:
    """An argument and, where it is an input, its fields."""
    return {argument, *getattr(get_named_type(given.type), "fields", {})}


def test_a_session_is_given_by_these_operations_and_no_other() -> None:
    tokens = ("accessToken", "refreshToken")
    gives = {
        name
        for name, field in mutations().items()
        if any(token in getattr(get_named_type(field.type), "fields", {}) for token in tokens)
    }
    assert gives == set(WAYS)
    page = (DOCS / "security.md").read_text()
    assert [name for name in (*WAYS, "/auth/<name>/callback") if f"`{name}`" not in page] == []


def test_no_operation_changes_the_address_of_an_account() -> None:
    taking = {
        name
        for name, field in mutations().items()
        if any("email" in names_of(argument, given) for argument, given in field.args.items())
    }
    assert taking == TAKES_AN_ADDRESS
    assert set(mutations()["updateProfile"].args) == {"displayName"}


def test_there_are_these_addresses_and_no_other(tmp_path: Path) -> None:
    app: Starlette = create(Settings(data_dir=tmp_path), "postgresql://nobody@127.0.0.1/nothing")
    assert {str(getattr(route, "path", "")) for route in app.routes} == ADDRESSES
