"""Oneself: name, password, sessions, how things look; and the accounts of the server for its administrator."""

import re

from fixtures.site import PASSWORD, Site
from playwright.async_api import Page, expect


async def choose_password(page: Page, link: str) -> None:
    """What somebody does who was given a link."""
    await page.goto(link)
    await expect(page).to_have_url(re.compile("/reset-password$"))  # the secret is out of the address at once
    await page.get_by_role("textbox", name="New password").fill("eleven copper herons wade")
    await page.get_by_role("button", name="Set the password and sign in").click()


async def test_the_first_account_of_a_server_switches_others_off(site: Site):
    first, other = await site.sign_in(site.administrator), await site.person("Grace Hopper")
    await other.page.goto("/account")
    await expect(other.page.get_by_role("heading", name="Sessions")).to_be_visible()
    await expect(other.page.get_by_role("heading", name="Accounts of this server")).to_have_count(0)

    await first.page.goto("/account")
    await first.page.get_by_role("searchbox", name="Search accounts").fill(other.email)
    await expect(first.page.get_by_role("list", name="Accounts").get_by_role("listitem")).to_have_count(1)
    await first.page.get_by_role("button", name="Switch off Grace Hopper").click()
    await first.page.get_by_role("dialog").get_by_role("button", name="Switch off").click()
    await expect(first.page.get_by_role("button", name="Switch on Grace Hopper")).to_be_visible()
    await other.page.reload()
    await expect(other.page.get_by_role("heading", name="Sign in")).to_be_visible()


async def test_a_link_of_the_administrator_gives_somebody_a_new_password_and_ends_their_old_sessions(site: Site):
    first, grace = await site.sign_in(site.administrator), await site.person("Grace Hopper")
    await grace.page.goto("/account")
    await expect(grace.page.get_by_role("heading", name="Sessions")).to_be_visible()
    await first.page.goto("/account")
    await first.page.get_by_role("searchbox", name="Search accounts").fill(grace.email)
    await expect(first.page.get_by_role("list", name="Accounts").get_by_role("listitem")).to_have_count(1)
    await first.page.get_by_role("button", name="Make a reset link for Grace Hopper").click()
    dialog = first.page.get_by_role("dialog")
    await expect(dialog.get_by_text("It works once, within a day.")).to_be_visible()
    link = await dialog.get_by_label("Link to hand over").input_value()
    await dialog.get_by_role("button", name="Done").click()
    await expect(dialog).to_have_count(0)

    page = await site.stranger()
    await choose_password(page, link)
    await expect(page.get_by_role("button", name="menu of Grace Hopper")).to_be_visible()
    await page.reload()
    await expect(page.get_by_role("button", name="menu of Grace Hopper")).to_be_visible()
    await grace.page.reload()
    await expect(grace.page.get_by_role("heading", name="Sign in")).to_be_visible()

    late = await site.stranger()
    await choose_password(late, link)
    await expect(late.get_by_role("alert")).to_contain_text("ask for a new one")


async def test_a_new_name_is_everywhere_at_once(site: Site):
    ada = await site.person()
    await ada.page.goto("/account")
    await ada.page.get_by_label("What others call you").fill("Countess Lovelace")
    await ada.page.get_by_role("button", name="Save").click()
    await expect(ada.page.get_by_role("button", name="menu of Countess Lovelace")).to_be_visible()
    await ada.page.goto(f"/w/{ada.slug}/people")
    await expect(ada.page.get_by_text("Countess Lovelace (you)")).to_be_visible()


async def test_a_new_password_needs_the_old_one_and_ends_other_sessions(site: Site):
    ada = await site.person()
    elsewhere = (await site.sign_in(ada.email)).page
    page = ada.page
    await page.goto("/account")
    sessions = page.get_by_role("list", name="Sessions").get_by_role("listitem")
    await expect(sessions).to_have_count(2)
    await page.get_by_role("textbox", name="Password now").fill("wrong")
    await page.get_by_role("textbox", name="New password").fill("seven amber foghorns hum")
    await page.get_by_role("button", name="Change the password").click()
    await expect(page.get_by_text("Your password is changed")).to_have_count(0)
    await expect(sessions).to_have_count(2)
    await page.get_by_role("textbox", name="Password now").fill(PASSWORD)
    await page.get_by_role("button", name="Change the password").click()
    await expect(page.get_by_text("Your password is changed")).to_be_visible()
    await expect(sessions).to_have_count(1)
    await elsewhere.goto("/account")
    await expect(elsewhere.get_by_role("heading", name="Sign in")).to_be_visible()


async def test_a_session_ended_from_elsewhere_says_so_where_it_was(site: Site):
    ada = await site.person()
    elsewhere = (await site.sign_in(ada.email)).page
    await elsewhere.goto(f"/w/{ada.slug}/people")
    await expect(elsewhere.get_by_role("list", name="Members")).to_be_visible()
    await ada.page.goto("/account")
    await ada.page.get_by_role("button", name="End the session").click()
    await expect(ada.page.get_by_role("list", name="Sessions").get_by_role("listitem")).to_have_count(1)
    await expect(elsewhere.get_by_text("Your session has ended")).to_be_visible()


async def test_the_theme_is_chosen_and_there_from_the_first_paint(site: Site):
    ada = await site.person()
    await ada.page.goto("/account")
    await ada.page.get_by_text("Dark", exact=True).click()
    html = ada.page.locator("html")
    await expect(html).to_have_attribute("data-mantine-color-scheme", "dark")
    await ada.page.goto("/account", wait_until="commit")
    await expect(html).to_have_attribute("data-mantine-color-scheme", "dark")
    await ada.page.get_by_text("System", exact=True).click()
    await expect(html).to_have_attribute("data-mantine-color-scheme", "light")


async def test_how_often_to_look_is_kept_in_this_browser(site: Site):
    ada = await site.person()
    await ada.page.goto("/account")
    await ada.page.get_by_label("Look at the server").select_option("every 60 s")
    await ada.page.get_by_text("UTC", exact=True).click()
    await ada.page.reload()
    await expect(ada.page.get_by_label("Look at the server")).to_have_value("60000")
    await expect(ada.page.get_by_role("radio", name="UTC")).to_be_checked()
