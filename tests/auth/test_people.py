"""Accounts as their owners and the admins of the installation see them."""

import asyncio

import pytest
from fixtures.people import CLIENT, SignUp, Team, acts, everything, last_event, who

from auth.accounts import Accounts
from auth.errors import InstanceAdminNeeded, Invalid, NotFound, Unauthenticated
from auth.principal import Principal
from models.base import new_id
from models.database import Database


def principal(team: Team, name: str) -> Principal:
    return Principal(team.authority(name), team.people[name].user, "session")


async def test_a_new_name_is_seen_and_in_the_history_with_the_old_one(
    team: Team, accounts: Accounts, db: Database
) -> None:
    user = await accounts.update_profile(team.authority("viewer"), "  Vera   V. ")
    assert user.display_name == "Vera V."
    event = await last_event(db)
    assert (event["action"], event["detail"]) == (
        "PROFILE_UPDATED",
        {"displayName": {"before": "Viewer", "after": "Vera V."}},
    )
    before = await acts(db)
    await accounts.update_profile(team.authority("viewer"), "Vera V.")
    assert await acts(db) == before
    with pytest.raises(Invalid) as refused:
        await accounts.update_profile(team.authority("viewer"), "\n")
    assert list(refused.value.fields) == ["displayName"]


async def test_many_changes_of_accounts_that_share_workspaces_never_block_each_other_for_good(
    team: Team, accounts: Accounts
) -> None:
    names = ("admin", "editor", "operator", "viewer")
    await asyncio.gather(
        *(accounts.update_profile(team.authority(name), f"{name} {n}") for n in range(6) for name in names)
    )


async def test_only_an_admin_of_the_installation_shuts_accounts_and_not_their_own(
    team: Team, accounts: Accounts, db: Database
) -> None:
    before = await everything(db)
    with pytest.raises(InstanceAdminNeeded):
        await accounts.set_user_disabled(principal(team, "editor"), team.user("viewer"), disabled=True)
    with pytest.raises(Invalid):
        await accounts.set_user_disabled(principal(team, "admin"), team.user("admin"), disabled=True)
    with pytest.raises(NotFound):
        await accounts.set_user_disabled(principal(team, "admin"), new_id(), disabled=True)
    assert await everything(db) == before
    await accounts.set_user_disabled(principal(team, "admin"), team.user("viewer"), disabled=True)
    event = await last_event(db)
    assert (event["action"], event["actor_id"], event["subject_id"]) == (
        "USER_DISABLED",
        team.user("admin"),
        team.user("viewer"),
    )


async def test_an_admin_who_was_shut_out_meanwhile_shuts_nobody(team: Team, accounts: Accounts) -> None:
    stale = principal(team, "admin")
    await accounts.disable(CLIENT, "admin@example.com", disabled=True)
    with pytest.raises(NotFound):
        await accounts.set_user_disabled(stale, team.user("viewer"), disabled=True)
    with pytest.raises(InstanceAdminNeeded):
        await accounts.users(stale.authority)
    with pytest.raises(Unauthenticated):
        await accounts.update_profile(stale.authority, "Admin")
    with pytest.raises(NotFound):
        await accounts.disable(CLIENT, "nobody@example.com", disabled=True)


async def test_accounts_are_read_a_page_at_a_time_and_searched(sign_up: SignUp, accounts: Accounts) -> None:
    people = [await sign_up(name) for name in ("dora", "ann", "cleo", "bob", "eve")]
    by, seen, after = who(people[0]), list[str](), None
    while True:
        page = await accounts.users(by, first=2, after=after)
        seen += [user.email for user in page.rows]
        assert page.has_previous == (after is not None)
        if not page.has_next:
            break
        after = page.cursors[-1]
    assert seen == [f"{name}@example.com" for name in ("ann", "bob", "cleo", "dora", "eve")]
    assert [user.display_name for user in (await accounts.users(by, search="CLE")).rows] == ["Cleo"]
    for nothing in ("%", "_", "\\"):
        assert (await accounts.users(by, search=nothing)).rows == []
    with pytest.raises(InstanceAdminNeeded):
        await accounts.users(who(people[1]))
    for first, cursor in ((101, None), (-1, None), (50, "x"), (50, "é"), (50, "W10")):
        with pytest.raises(Invalid):
            await accounts.users(by, first=first, after=cursor)
