"""Inviting, joining, roles, leaving."""

import re

from fixtures.site import Person, Site, address_of, violations
from playwright.async_api import expect

INVITE = "mutation($id: ID!, $role: Role!) { inviteMember(workspaceId: $id, role: $role) { token url } }"


async def invite(site: Site, ada: Person, role: str) -> str:
    made = await site.ask(ada.page, INVITE, {"id": ada.workspace_id, "role": role}, ada.access_token)
    return made["inviteMember"]["url"]


async def test_a_link_made_on_the_page_lets_a_stranger_sign_up_and_join(site: Site):
    ada = await site.person()
    await ada.page.goto(f"/w/{ada.slug}/people")
    await ada.page.get_by_role("button", name="Invite", exact=True).click()
    dialog = ada.page.get_by_role("dialog")
    await dialog.get_by_label("Role").select_option("OPERATOR")
    await dialog.get_by_role("button", name="Make the link").click()
    link = await dialog.get_by_label("Link to send").input_value()
    await dialog.get_by_role("button", name="Done").click()
    await expect(ada.page.get_by_role("list", name="Open invitations").get_by_role("listitem")).to_have_count(1)

    page = await site.stranger()
    await page.goto(link)
    await expect(page).to_have_url(re.compile("/invitation$"))
    await page.get_by_label("Name").fill("Grace Hopper")
    await page.get_by_label("E-mail").fill(address_of("Grace"))
    await page.get_by_role("textbox", name="Password").fill("cobalt nine walruses sing")
    await page.get_by_role("button", name="Sign up and join").click()
    await expect(page.get_by_role("button", name="menu of Grace Hopper")).to_be_visible()
    await page.goto(f"/w/{ada.slug}/people")
    await expect(page.get_by_role("list", name="Members").get_by_role("listitem")).to_have_count(2)
    await expect(page.get_by_role("button", name="Invite", exact=True)).to_have_count(0)

    await ada.page.reload()
    await expect(ada.page.get_by_label("Role of Grace Hopper")).to_have_value("OPERATOR")
    await expect(ada.page.get_by_role("list", name="Open invitations")).to_have_count(0)


async def test_somebody_with_an_account_joins_by_a_button(site: Site):
    ada, grace = await site.person(), await site.person("Grace Hopper")
    await grace.page.goto(await invite(site, ada, "VIEWER"))
    await grace.page.get_by_role("button", name="Join the workspace").click()
    await expect(grace.page).to_have_url(re.compile(rf"/w/{ada.slug}$"))


async def test_a_used_link_lets_nobody_in(site: Site):
    ada, grace, joan = await site.person(), await site.person("Grace Hopper"), await site.person("Joan Clarke")
    link = await invite(site, ada, "VIEWER")
    for person in (grace, joan):
        await person.page.goto(link)
        await person.page.get_by_role("button", name="Join the workspace").click()
        if person is grace:
            await expect(person.page).to_have_url(re.compile(rf"/w/{ada.slug}$"))
    await expect(joan.page.get_by_role("alert")).to_be_visible()
    await joan.page.goto(f"/w/{ada.slug}")
    await expect(joan.page.get_by_role("heading", name="No such workspace")).to_be_visible()


async def test_a_role_is_changed_and_a_member_removed_at_once(site: Site):
    ada, grace = await site.person(), await site.person("Grace Hopper")
    await grace.page.goto(await invite(site, ada, "VIEWER"))
    await grace.page.get_by_role("button", name="Join the workspace").click()
    await expect(grace.page).to_have_url(re.compile(rf"/w/{ada.slug}$"))

    await ada.page.goto(f"/w/{ada.slug}/people")
    await ada.page.get_by_label("Role of Grace Hopper").select_option("EDITOR")
    await expect(ada.page.get_by_text("The role of Grace Hopper is changed.")).to_be_visible()
    await grace.page.goto(f"/w/{ada.slug}/people")
    mine = grace.page.get_by_role("list", name="Roles").get_by_role("listitem").filter(has_text="your role")
    await expect(mine).to_contain_text("Editor")

    await ada.page.get_by_role("button", name="Remove Grace Hopper").click()
    await ada.page.get_by_role("dialog").get_by_role("button", name="Remove").click()
    await expect(ada.page.get_by_role("list", name="Members").get_by_role("listitem")).to_have_count(1)
    await grace.page.reload()
    await expect(grace.page.get_by_role("heading", name="No such workspace")).to_be_visible()


async def test_only_the_administrator_of_the_server_makes_reset_links_for_members(site: Site):
    root = await site.sign_in(site.administrator)
    token = (await invite(site, root, "ADMIN")).partition("#")[2]
    grace = await site.person("Grace Hopper", invitation=token)
    await root.page.goto(f"/w/{root.slug}/people")
    row = root.page.get_by_role("list", name="Members").get_by_role("listitem").filter(has_text=grace.email)
    await row.get_by_role("button", name="Make a reset link for Grace Hopper").click()
    dialog = root.page.get_by_role("dialog")
    await expect(dialog.get_by_label("Link to hand over")).to_have_value(re.compile(f"^{site.origin}/reset-password#."))
    assert await violations(root.page) == []
    await grace.page.goto(f"/w/{root.slug}/people")
    await expect(grace.page.get_by_label("Role of Grace Hopper")).to_be_visible()
    await expect(grace.page.get_by_role("button", name="Make a reset link")).to_have_count(0)


async def test_a_member_leaves_and_an_only_admin_cannot(site: Site):
    ada, grace = await site.person(), await site.person("Grace Hopper")
    await grace.page.goto(await invite(site, ada, "VIEWER"))
    await grace.page.get_by_role("button", name="Join the workspace").click()
    await expect(grace.page).to_have_url(re.compile(rf"/w/{ada.slug}$"))

    for person in (ada, grace):
        await person.page.goto(f"/w/{ada.slug}/people")
        await person.page.get_by_role("button", name="Leave").click()
        await person.page.get_by_role("dialog").get_by_role("button", name="Leave").click()
    await expect(grace.page).to_have_url(re.compile(rf"/w/{grace.slug}$"))
    await expect(ada.page.get_by_role("alert")).to_contain_text("admin")
    await ada.page.reload()
    await expect(ada.page.get_by_role("list", name="Members").get_by_role("listitem")).to_have_count(1)


async def test_the_last_admin_stays_one(site: Site):
    ada = await site.person()
    await ada.page.goto(f"/w/{ada.slug}/people")
    await ada.page.get_by_label("Role of Ada Lovelace").select_option("VIEWER")
    await expect(ada.page.get_by_role("alert")).to_be_visible()
    await expect(ada.page.get_by_label("Role of Ada Lovelace")).to_have_value("ADMIN")


async def test_a_workspace_is_made_renamed_and_deleted(site: Site):
    ada = await site.person()
    page = ada.page
    await page.goto("/new-workspace")
    await page.get_by_label("Name", exact=True).fill("Night imports")
    await page.get_by_role("button", name="Create it").click()
    await expect(page).to_have_url(re.compile(r"/w/night-imports[a-z0-9-]*$"))
    slug = page.url.rsplit("/", 1)[1]
    await page.goto(f"/w/{slug}/people")
    await page.get_by_label("Name", exact=True).fill("Day imports")
    await page.get_by_role("button", name="Rename").click()
    await expect(page.get_by_text("Who works in Day imports")).to_be_visible()
    await page.get_by_role("button", name="Delete the workspace").click()
    await page.get_by_role("dialog").get_by_label("short name").fill(slug)
    await page.get_by_role("button", name="Delete it").click()
    await expect(page).to_have_url(re.compile(rf"/w/{ada.slug}$"))
