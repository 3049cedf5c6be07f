"""Invitations: a link that works once, for whom it is meant, while it is meant."""

import asyncio
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from fixtures.people import CLIENT, PASSWORD, SignUp, Team, everything, last_event, who
from sqlalchemy import text

from auth.accounts import Accounts
from auth.errors import Forbidden, Invalid, NotFound, SignUpClosed, Taken, UnknownInvitation
from auth.keys import Keys, fingerprint
from auth.memberships import Workspaces
from auth.passwords import Passwords
from auth.settings import AuthSettings
from auth.settings import SignUp as Policy
from models.database import Database
from models.role import Role


async def test_an_invitation_works_once_even_for_two_at_the_same_moment(
    team: Team, workspaces: Workspaces, sign_up: SignUp, db: Database
) -> None:
    invited = await workspaces.invite(team.authority("admin"), team.id, Role.OPERATOR)
    people = [await sign_up(f"guest{n}") for n in range(4)]
    answers = await asyncio.gather(
        *(workspaces.accept(who(one), one.user.email, invited.token) for one in people), return_exceptions=True
    )
    assert [type(answer) for answer in answers].count(UnknownInvitation) == 3
    members = await workspaces.members(team.authority("admin"), team.id)
    assert len(members) == 5
    assert members[-1].role is Role.OPERATOR
    event = await last_event(db)
    assert (event["action"], event["actor_id"]) == ("INVITATION_ACCEPTED", members[-1].user_id)


async def test_the_token_is_kept_as_a_hash_and_its_making_is_in_the_history(
    team: Team, workspaces: Workspaces, db: Database
) -> None:
    made = await workspaces.invite(team.authority("admin"), team.id, Role.EDITOR, "New@example.com")
    assert (made.invitation.email, made.invitation.role) == ("New@example.com", Role.EDITOR)
    assert made.invitation.invited_by == team.user("admin")
    async with db.one() as connection:
        stored = await connection.execute(
            text("select token_hash, expires_at - created_at as lasts from invitations where id = :id"),
            {"id": made.invitation.id},
        )
        row = stored.one()
    assert bytes(row.token_hash) == fingerprint(made.token)
    assert timedelta(days=6, hours=23) < row.lasts <= timedelta(days=7, minutes=1)
    event = await last_event(db)
    assert event["action"] == "MEMBER_INVITED"
    assert event["detail"] == {"invitation": str(made.invitation.id), "role": "EDITOR", "email": "N…@example.com"}


async def test_an_invitation_for_an_address_is_for_nobody_else(
    team: Team, workspaces: Workspaces, sign_up: SignUp, db: Database
) -> None:
    invited = await workspaces.invite(team.authority("admin"), team.id, Role.VIEWER, "Guest@Example.com")
    guest = await sign_up("guest")
    before = await everything(db)
    with pytest.raises(UnknownInvitation):
        await workspaces.accept(team.authority("outsider"), "outsider@example.com", invited.token)
    assert await everything(db) == before
    assert (await workspaces.accept(who(guest), guest.user.email, invited.token)).role is Role.VIEWER


async def _over(workspaces: Workspaces, team: Team, db: Database, id: Any) -> None:
    async with db.one() as connection:
        await connection.execute(
            text("update invitations set expires_at = clock_timestamp() - interval '1 second' where id = :id"),
            {"id": id},
        )


async def _revoked(workspaces: Workspaces, team: Team, db: Database, id: Any) -> None:
    await workspaces.revoke_invitation(team.authority("admin"), id)
    event = await last_event(db)
    assert event["action"] == "INVITATION_REVOKED"


@pytest.mark.parametrize("ended", [_over, _revoked])
async def test_an_invitation_that_is_over_or_withdrawn_opens_nothing(
    team: Team, workspaces: Workspaces, db: Database, ended: Any
) -> None:
    invited = await workspaces.invite(team.authority("admin"), team.id, Role.VIEWER)
    await ended(workspaces, team, db, invited.invitation.id)
    for token in (invited.token, "unknown", "", "\0"):
        with pytest.raises(UnknownInvitation):
            await workspaces.accept(team.authority("outsider"), "outsider@example.com", token)
    assert await workspaces.role_in(team.authority("outsider"), team.id) is None


async def test_a_member_is_not_invited_again_and_leaves_an_open_invitation_for_others(
    team: Team, workspaces: Workspaces
) -> None:
    with pytest.raises(Taken):
        await workspaces.invite(team.authority("admin"), team.id, Role.ADMIN, "VIEWER@example.com")
    invited = await workspaces.invite(team.authority("admin"), team.id, Role.ADMIN)
    with pytest.raises(Taken):
        await workspaces.accept(team.authority("viewer"), "viewer@example.com", invited.token)
    assert await workspaces.role_in(team.authority("viewer"), team.id) is Role.VIEWER
    assert await workspaces.accept(team.authority("outsider"), "outsider@example.com", invited.token)


async def test_admins_see_the_open_invitations_and_withdraw_them_and_nobody_else(
    team: Team, workspaces: Workspaces, db: Database
) -> None:
    made = await workspaces.invite(team.authority("admin"), team.id, Role.VIEWER)
    listed = await workspaces.invitations(team.authority("admin"), team.id)
    assert [invitation.id for invitation in listed] == [made.invitation.id]
    before = await everything(db)
    with pytest.raises(Forbidden) as refused:
        await workspaces.revoke_invitation(team.authority("editor"), made.invitation.id)
    assert (refused.value.needed, refused.value.role) == (Role.ADMIN, Role.EDITOR)
    for name, id in (("outsider", made.invitation.id), ("admin", uuid4())):
        with pytest.raises(NotFound):
            await workspaces.revoke_invitation(team.authority(name), id)
    assert await everything(db) == before
    await workspaces.revoke_invitation(team.authority("admin"), made.invitation.id)
    assert await workspaces.invitations(team.authority("admin"), team.id) == []
    with pytest.raises(NotFound):
        await workspaces.revoke_invitation(team.authority("admin"), made.invitation.id)


async def test_an_address_that_is_none_is_not_invited(team: Team, workspaces: Workspaces) -> None:
    with pytest.raises(Invalid) as refused:
        await workspaces.invite(team.authority("admin"), team.id, Role.VIEWER, "not an address")
    assert list(refused.value.fields) == ["email"]


async def test_signing_up_with_an_invitation_joins_where_one_was_invited(
    team: Team, workspaces: Workspaces, db: Database, keys: Keys, passwords: Passwords
) -> None:
    accounts = Accounts(db, keys, AuthSettings(sign_up=Policy.INVITE), passwords=passwords)
    invited = await workspaces.invite(team.authority("admin"), team.id, Role.EDITOR, "guest@example.com")

    async def sign_up(email: str, invitation: str | None) -> Any:
        return await accounts.sign_up(
            CLIENT, email=email, password=PASSWORD, display_name="Guest", invitation=invitation
        )

    before = await everything(db)
    with pytest.raises(SignUpClosed):
        await sign_up("guest@example.com", None)
    for email, token in (("other@example.com", invited.token), ("guest@example.com", "unknown")):
        with pytest.raises(UnknownInvitation):
            await sign_up(email, token)
    assert await everything(db) == before
    guest = await sign_up("guest@example.com", invited.token)
    places = await workspaces.memberships_of(who(guest))
    assert {(place.workspace.slug, place.role) for place in places} == {
        ("the-team", Role.EDITOR),
        ("guest", Role.ADMIN),
    }
