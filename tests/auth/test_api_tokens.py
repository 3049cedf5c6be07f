"""API tokens: what a program may, for how long, and what ends it."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from fixtures.people import PASSWORD, Team, authenticate, everything, last_event, who
from sqlalchemy import text

from auth.accounts import Accounts
from auth.api_tokens import ApiTokenSecret
from auth.client import Client
from auth.errors import Forbidden, Invalid, NotFound, SessionNeeded, Unauthenticated
from auth.keys import Keys, fingerprint
from auth.memberships import Workspaces
from auth.principal import Principal
from models.database import Database
from models.role import ROLES, Role


async def holds(db: Database, keys: Keys, secret: str) -> Principal | None:
    """Who a program is with this secret; None when it is refused."""
    try:
        return await authenticate(db, keys, f"Bearer {secret}", Client("192.0.2.9", "curl", "request-2"))
    except Unauthenticated:
        return None


async def token_of(team: Team, workspaces: Workspaces, name: str, role: Role) -> ApiTokenSecret:
    return await workspaces.create_token(team.authority(name), team.id, "nightly", role)


async def test_a_program_is_its_maker_up_to_the_tokens_role_in_one_workspace(
    team: Team, workspaces: Workspaces, db: Database, keys: Keys
) -> None:
    made = await token_of(team, workspaces, "editor", Role.OPERATOR)
    principal = await holds(db, keys, made.secret)
    assert principal is not None
    assert (principal.kind, principal.user, principal.token) == ("token", team.people["editor"].user, made.token)
    assert (principal.authority.via, principal.authority.session_id) == ("nightly", None)
    assert await workspaces.role_in(principal.authority, team.id) is Role.OPERATOR
    assert [place.workspace.id for place in await workspaces.memberships_of(principal.authority)] == [team.id]
    await workspaces.set_role(team.authority("admin"), team.id, team.user("editor"), Role.VIEWER)
    assert await workspaces.role_in(principal.authority, team.id) is Role.VIEWER


async def test_the_secret_is_shown_once_and_kept_as_a_hash(team: Team, workspaces: Workspaces, db: Database) -> None:
    made = await token_of(team, workspaces, "viewer", Role.VIEWER)
    assert made.secret.startswith("fmt_")
    async with db.one() as connection:
        rows = await connection.execute(text("select secret_hash from api_tokens"))
        assert [bytes(row.secret_hash) for row in rows] == [fingerprint(made.secret)]
    event = await last_event(db)
    assert event["action"] == "TOKEN_CREATED"
    assert event["detail"] == {"token": str(made.token.id), "name": "nightly", "role": "VIEWER"}
    assert made.secret not in str(event)


async def test_a_token_never_holds_more_than_its_maker(team: Team, workspaces: Workspaces, db: Database) -> None:
    before = await everything(db)
    for role in ROLES[1:]:
        with pytest.raises(Forbidden) as refused:
            await token_of(team, workspaces, "viewer", role)
        assert (refused.value.needed, refused.value.role) == (role, Role.VIEWER)
    assert await everything(db) == before


async def test_a_program_makes_tokens_only_with_an_admins(
    team: Team, workspaces: Workspaces, db: Database, keys: Keys
) -> None:
    lesser = await holds(db, keys, (await token_of(team, workspaces, "editor", Role.EDITOR)).secret)
    greater = await holds(db, keys, (await token_of(team, workspaces, "admin", Role.ADMIN)).secret)
    assert lesser is not None
    assert greater is not None
    with pytest.raises(Forbidden) as refused:
        await workspaces.create_token(lesser.authority, team.id, "another", Role.VIEWER)
    assert (refused.value.needed, refused.value.role) == (Role.ADMIN, Role.EDITOR)
    assert "An API token makes others only where it is an ADMIN's" in refused.value.message
    made = await workspaces.create_token(greater.authority, team.id, "another", Role.EDITOR)
    assert made.token.created_by == team.user("admin")
    assert (await last_event(db))["via"] == "nightly"


async def test_a_token_ends_when_it_says(team: Team, workspaces: Workspaces, db: Database, keys: Keys) -> None:
    by, hour = team.authority("viewer"), timedelta(hours=1)
    for wrong in (datetime.now(UTC) - hour, datetime.now(UTC).replace(tzinfo=None) + hour):
        with pytest.raises(Invalid) as refused:
            await workspaces.create_token(by, team.id, "nightly", Role.VIEWER, wrong)
        assert list(refused.value.fields) == ["expiresAt"]
    made = await workspaces.create_token(by, team.id, "nightly", Role.VIEWER, datetime.now(UTC) + hour)
    assert await holds(db, keys, made.secret)
    async with db.one() as connection:
        await connection.execute(text("update api_tokens set expires_at = clock_timestamp()"))
    assert await holds(db, keys, made.secret) is None


async def test_a_revoked_token_holds_nothing_on_the_very_next_request(
    team: Team, workspaces: Workspaces, db: Database, keys: Keys
) -> None:
    made = await token_of(team, workspaces, "viewer", Role.VIEWER)
    principal = await holds(db, keys, made.secret)
    assert principal is not None
    await workspaces.revoke_token(team.authority("viewer"), made.token.id)
    assert await holds(db, keys, made.secret) is None
    assert await workspaces.role_in(principal.authority, team.id) is None
    event = await last_event(db)
    assert (event["action"], event["subject_id"]) == ("TOKEN_REVOKED", team.user("viewer"))
    with pytest.raises(NotFound):
        await workspaces.revoke_token(team.authority("viewer"), made.token.id)


async def test_tokens_of_others_are_an_admins_matter(team: Team, workspaces: Workspaces, db: Database) -> None:
    made = await token_of(team, workspaces, "editor", Role.EDITOR)
    before = await everything(db)
    with pytest.raises(Forbidden) as refused:
        await workspaces.revoke_token(team.authority("viewer"), made.token.id)
    assert (refused.value.needed, refused.value.role) == (Role.ADMIN, Role.VIEWER)
    for name, id in (("outsider", made.token.id), ("admin", uuid4())):
        with pytest.raises(NotFound):
            await workspaces.revoke_token(team.authority(name), id)
    assert await everything(db) == before
    assert await workspaces.tokens(team.authority("viewer"), team.id) == []
    assert [token.id for token in await workspaces.tokens(team.authority("editor"), team.id)] == [made.token.id]
    assert [token.id for token in await workspaces.tokens(team.authority("admin"), team.id)] == [made.token.id]
    await workspaces.revoke_token(team.authority("admin"), made.token.id)
    assert await workspaces.tokens(team.authority("admin"), team.id) == []


async def test_a_program_ends_itself_and_no_other_of_its_makers(
    team: Team, workspaces: Workspaces, db: Database, keys: Keys
) -> None:
    made = await token_of(team, workspaces, "editor", Role.EDITOR)
    other = await token_of(team, workspaces, "editor", Role.EDITOR)
    program = await holds(db, keys, made.secret)
    assert program is not None
    with pytest.raises(Forbidden):
        await workspaces.revoke_token(program.authority, other.token.id)
    await workspaces.revoke_token(program.authority, made.token.id)
    assert await holds(db, keys, made.secret) is None
    assert await holds(db, keys, other.secret)


async def test_a_member_who_is_removed_takes_their_tokens_with_them_for_good(
    team: Team, workspaces: Workspaces, db: Database, keys: Keys
) -> None:
    made = await token_of(team, workspaces, "editor", Role.EDITOR)
    await workspaces.remove_member(team.authority("admin"), team.id, team.user("editor"))
    assert await holds(db, keys, made.secret) is None
    invited = await workspaces.invite(team.authority("admin"), team.id, Role.EDITOR)
    await workspaces.accept(team.authority("editor"), "editor@example.com", invited.token)
    assert await holds(db, keys, made.secret) is None


async def test_a_program_whose_maker_is_shut_out_holds_nothing(
    team: Team, workspaces: Workspaces, accounts: Accounts, db: Database, keys: Keys
) -> None:
    made = await token_of(team, workspaces, "editor", Role.EDITOR)
    admin = team.people["admin"]
    await accounts.set_user_disabled(Principal(who(admin), admin.user, "session"), team.user("editor"), disabled=True)
    assert await holds(db, keys, made.secret) is None


async def test_what_concerns_an_account_is_not_a_programs(
    team: Team, workspaces: Workspaces, accounts: Accounts, db: Database, keys: Keys
) -> None:
    program = await holds(db, keys, (await token_of(team, workspaces, "admin", Role.ADMIN)).secret)
    assert program is not None
    by, before = program.authority, await everything(db)
    for refused in (
        accounts.sign_out(by),
        accounts.sessions_of(by),
        accounts.revoke_session(by, team.people["admin"].session_id),
        accounts.change_password(by, current_password=PASSWORD, new_password="another anchor seventy"),
        accounts.update_profile(by, "Someone"),
        accounts.users(by),
        accounts.set_user_disabled(program, team.user("viewer"), disabled=True),
        accounts.reset_link(program, team.user("viewer")),
    ):
        with pytest.raises(SessionNeeded):
            await refused
    assert await everything(db) == before


async def test_when_it_was_last_used_is_written_once_a_minute_at_most(
    team: Team, workspaces: Workspaces, db: Database, keys: Keys
) -> None:
    made = await token_of(team, workspaces, "viewer", Role.VIEWER)

    async def last_used() -> datetime | None:
        async with db.one() as connection:
            return (await connection.execute(text("select last_used_at from api_tokens"))).scalar_one()

    async with db.one() as connection:
        await connection.execute(text("update api_tokens set last_used_at = clock_timestamp() + interval '1 hour'"))
    ahead = await last_used()
    assert await holds(db, keys, made.secret)
    assert await last_used() == ahead
    async with db.one() as connection:
        await connection.execute(text("update api_tokens set last_used_at = clock_timestamp() - interval '61 seconds'"))
    before = await last_used()
    assert await holds(db, keys, made.secret)
    after = await last_used()
    assert before is not None
    assert after is not None
    assert after - before >= timedelta(seconds=61)


async def test_a_header_that_is_no_credential_of_ours_is_refused(db: Database, keys: Keys) -> None:
    known = ("fmt_", "fmt_unknown", "x" + "y" * 9000)
    for header in ("", "Bearer", "Bearer ", "Basic YTpi", "fmt_x", *(f"bearer {token}" for token in known)):
        with pytest.raises(Unauthenticated):
            await authenticate(db, keys, header)
    assert await authenticate(db, keys, None) is None
