"""Who belongs to a workspace, with which role, and what becomes of those who may not."""

import asyncio
from uuid import UUID, uuid4

import pytest
from fixtures.people import CLIENT, SignUp, Team, acts, everything, last_event, who
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text

from auth import names
from auth.accounts import Accounts
from auth.errors import Forbidden, Invalid, LastAdmin, NotFound, SessionNeeded, Taken, Unauthenticated
from auth.memberships import Workspaces
from auth.principal import Principal
from models.authority import Authority
from models.database import Database
from models.role import Role

MISSING = UUID(int=0)


async def test_signing_up_gives_a_workspace_of_ones_own(sign_up: SignUp, workspaces: Workspaces) -> None:
    first, second = await sign_up("ann"), await sign_up("ann.b")
    (own,) = await workspaces.memberships_of(who(first))
    assert (own.workspace.slug, own.workspace.name, own.role) == ("ann", "Ann's workspace", Role.ADMIN)
    (other,) = await workspaces.memberships_of(who(second))
    assert other.workspace.slug == "ann-b"


async def test_slugs_made_of_the_same_name_differ_and_a_chosen_one_that_is_taken_is_refused(
    sign_up: SignUp, workspaces: Workspaces
) -> None:
    ann = await sign_up("ann")
    made = [await workspaces.create(who(ann), "Night shift") for _ in range(7)]
    slugs = [workspace.slug for workspace in made]
    assert slugs[:4] == ["night-shift", "night-shift-2", "night-shift-3", "night-shift-4"]
    assert len(set(slugs)) == 7
    with pytest.raises(Taken):
        await workspaces.create(who(ann), "Another", "night-shift")


@given(st.text(max_size=200))
def test_a_slug_can_be_made_of_any_name(name: str) -> None:
    assert names.slug(names.slug_of(name)) == names.slug_of(name)


@pytest.mark.parametrize("slug", ["", "-a", "a--b", "a b", "é", "x" * 51, "a_b"])
def test_a_slug_of_another_form_is_refused(slug: str) -> None:
    with pytest.raises(Invalid) as refused:
        names.slug(slug)
    assert list(refused.value.fields) == ["slug"]


@pytest.mark.parametrize("name", ["viewer", "operator", "editor"])
async def test_less_than_an_admin_is_told_what_is_needed_and_changes_nothing(
    team: Team, workspaces: Workspaces, db: Database, name: str
) -> None:
    before, by = await everything(db), team.authority(name)
    for refused in (
        workspaces.rename(by, team.id, "Mine"),
        workspaces.delete(by, team.id, team.workspace.slug),
        workspaces.invite(by, team.id, Role.VIEWER),
        workspaces.set_role(by, team.id, team.user(name), Role.ADMIN),
        workspaces.remove_member(by, team.id, team.user("admin")),
        workspaces.invitations(by, team.id),
    ):
        with pytest.raises(Forbidden) as error:
            await refused
        assert (error.value.needed, error.value.role) == (Role.ADMIN, Role(name.upper()))
    assert await everything(db) == before


@pytest.mark.parametrize("name", ["outsider", "admin"])
async def test_another_workspace_and_one_that_is_not_there_get_the_same_answer(
    team: Team, workspaces: Workspaces, db: Database, name: str
) -> None:
    before = await everything(db)
    by, place = team.authority(name), MISSING if name == "admin" else team.id
    invitation, token = uuid4(), uuid4()
    for refused in (
        workspaces.rename(by, place, "Mine"),
        workspaces.delete(by, place, team.workspace.slug),
        workspaces.invite(by, place, Role.VIEWER),
        workspaces.set_role(by, place, team.user("admin"), Role.VIEWER),
        workspaces.remove_member(by, place, team.user("viewer")),
        workspaces.invitations(by, place),
        workspaces.tokens(by, place),
        workspaces.members(by, place),
        workspaces.create_token(by, place, "a program", Role.VIEWER),
        workspaces.revoke_invitation(by, invitation),
        workspaces.revoke_token(by, token),
    ):
        with pytest.raises(NotFound) as error:
            await refused
        assert error.value.message == NotFound().message
    assert await workspaces.role_in(by, place) is None
    assert await workspaces.get(by, place) is None
    assert await everything(db) == before


async def test_a_role_that_was_set_holds_at_once_and_is_in_the_history(
    team: Team, workspaces: Workspaces, db: Database
) -> None:
    made = await workspaces.set_role(team.authority("admin"), team.id, team.user("viewer"), Role.EDITOR)
    assert made.role is Role.EDITOR
    assert await workspaces.role_in(team.authority("viewer"), team.id) is Role.EDITOR
    event = await last_event(db)
    assert (event["action"], event["workspace_id"]) == ("MEMBER_ROLE_SET", team.id)
    assert (event["actor_id"], event["subject_id"]) == (team.user("admin"), team.user("viewer"))
    assert event["detail"] == {"role": {"before": "VIEWER", "after": "EDITOR"}}
    assert (event["address"], event["request_id"]) == (CLIENT.address, CLIENT.request_id)


async def test_setting_the_role_that_one_has_is_no_event(team: Team, workspaces: Workspaces, db: Database) -> None:
    before = await acts(db)
    await workspaces.set_role(team.authority("admin"), team.id, team.user("viewer"), Role.VIEWER)
    assert await acts(db) == before


async def test_the_last_admin_can_neither_step_down_nor_leave(team: Team, workspaces: Workspaces, db: Database) -> None:
    by, before = team.authority("admin"), await everything(db)
    with pytest.raises(LastAdmin):
        await workspaces.set_role(by, team.id, team.user("admin"), Role.EDITOR)
    with pytest.raises(LastAdmin):
        await workspaces.remove_member(by, team.id, team.user("admin"))
    assert await everything(db) == before


async def test_an_admin_whose_account_is_shut_does_not_count_as_one(
    team: Team, workspaces: Workspaces, accounts: Accounts
) -> None:
    by = team.authority("admin")
    await workspaces.set_role(by, team.id, team.user("editor"), Role.ADMIN)
    principal = Principal(by, team.people["admin"].user, "session")
    await accounts.set_user_disabled(principal, team.user("editor"), disabled=True)
    with pytest.raises(LastAdmin):
        await workspaces.set_role(by, team.id, team.user("admin"), Role.VIEWER)


async def test_two_admins_who_demote_each_other_at_the_same_moment_leave_one(
    team: Team, workspaces: Workspaces, db: Database
) -> None:
    ann, bob = team.authority("admin"), team.authority("editor")
    for _ in range(12):
        await workspaces.set_role(await _an_admin(db, team, (ann, bob)), team.id, ann.user_id, Role.ADMIN)
        await workspaces.set_role(ann, team.id, bob.user_id, Role.ADMIN)
        answers = await asyncio.gather(
            workspaces.set_role(ann, team.id, bob.user_id, Role.VIEWER),
            workspaces.set_role(bob, team.id, ann.user_id, Role.VIEWER),
            return_exceptions=True,
        )
        assert [type(answer) for answer in answers].count(Forbidden) == 1
        assert await _admins(db, team) == 1


async def test_two_admins_who_leave_at_the_same_moment_leave_one(
    team: Team, workspaces: Workspaces, db: Database
) -> None:
    ann, bob = team.authority("admin"), team.authority("editor")
    await workspaces.set_role(ann, team.id, bob.user_id, Role.ADMIN)
    answers = await asyncio.gather(
        workspaces.remove_member(ann, team.id, ann.user_id),
        workspaces.remove_member(bob, team.id, bob.user_id),
        return_exceptions=True,
    )
    assert [type(answer) for answer in answers].count(LastAdmin) == 1
    assert await _admins(db, team) == 1


async def test_a_member_may_leave_and_sees_nothing_of_it_from_then_on(
    team: Team, workspaces: Workspaces, db: Database
) -> None:
    by = team.authority("viewer")
    await workspaces.remove_member(by, team.id, by.user_id)
    assert await workspaces.role_in(by, team.id) is None
    assert team.id not in {place.workspace.id for place in await workspaces.memberships_of(by)}
    assert (await last_event(db))["detail"] == {"role": "VIEWER", "left": True}


async def test_a_workspace_is_deleted_with_its_slug_and_its_history_stays(
    team: Team, workspaces: Workspaces, db: Database
) -> None:
    by = team.authority("admin")
    with pytest.raises(Invalid):
        await workspaces.delete(by, team.id, "another")
    await workspaces.delete(by, team.id, team.workspace.slug)
    assert await workspaces.get(by, team.id) is None
    event = await last_event(db)
    assert (event["action"], event["workspace_id"]) == ("WORKSPACE_DELETED", team.id)
    assert event["detail"] == {"name": "The team", "slug": "the-team"}


async def test_a_new_name_is_in_the_history_with_the_old_one(team: Team, workspaces: Workspaces, db: Database) -> None:
    renamed = await workspaces.rename(team.authority("admin"), team.id, "  Night   shift ")
    assert (renamed.name, renamed.slug) == ("Night shift", "the-team")
    assert (await last_event(db))["detail"] == {"name": {"before": "The team", "after": "Night shift"}}


async def test_what_one_knows_of_ones_workspaces_ends_with_the_session(
    team: Team, workspaces: Workspaces, accounts: Accounts
) -> None:
    by = team.authority("viewer")
    assert [place.role for place in await workspaces.memberships_of(by)] == [Role.VIEWER, Role.ADMIN]
    found = await workspaces.by_slug(by, "the-team")
    assert found is not None
    assert found.workspace == team.workspace
    await accounts.sign_out(by)
    assert await workspaces.memberships_of(by) == []
    assert await workspaces.by_slug(by, "the-team") is None
    with pytest.raises(Unauthenticated):
        await accounts.update_profile(by, "Someone")


async def test_a_program_makes_no_workspaces(team: Team, workspaces: Workspaces) -> None:
    token = Authority(team.user("admin"), token_id=uuid4())
    with pytest.raises(SessionNeeded):
        await workspaces.create(token, "Mine")
    with pytest.raises(SessionNeeded):
        await workspaces.accept(token, "a@example.com", "x")


async def _admins(db: Database, team: Team) -> int:
    async with db.one() as connection:
        statement = text("select count(*) from memberships where workspace_id = :id and role = 'ADMIN'")
        return (await connection.execute(statement, {"id": team.id})).scalar_one()


async def _an_admin(db: Database, team: Team, among: tuple[Authority, ...]) -> Authority:
    async with db.one() as connection:
        statement = text("select user_id from memberships where workspace_id = :id and role = 'ADMIN'")
        ids = {row.user_id for row in await connection.execute(statement, {"id": team.id})}
    return next(authority for authority in among if authority.user_id in ids)
