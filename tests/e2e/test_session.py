"""Getting in and out."""

import re

from fixtures.site import PASSWORD, SIGN_IN, Site, address_of
from playwright.async_api import Page, expect


async def sign_in(page: Page, email: str, password: str = PASSWORD) -> None:
    await page.get_by_label("E-mail").fill(email)
    await page.get_by_role("textbox", name="Password").fill(password)
    await page.get_by_role("button", name="Sign in").click()


async def test_signing_up_gives_an_account_and_a_workspace_of_ones_own(site: Site):
    page = await site.stranger()
    await page.goto("/")
    await page.get_by_role("link", name="Sign up").click()
    await page.get_by_label("Name").fill("Ada Lovelace")
    await page.get_by_label("E-mail").fill(address_of("Ada"))
    await page.get_by_role("textbox", name="Password").fill(PASSWORD)
    await page.get_by_role("button", name="Sign up").click()
    await expect(page).to_have_url(re.compile(r"/w/[a-z0-9-]+$"))
    await expect(page.get_by_role("button", name="menu of Ada Lovelace")).to_be_visible()


async def test_a_weak_password_is_refused_beside_its_field(site: Site):
    page = await site.stranger()
    await page.goto("/sign-up")
    await page.get_by_label("Name").fill("Ada Lovelace")
    await page.get_by_label("E-mail").fill("weak@example.org")
    password = page.get_by_role("textbox", name="Password")
    await password.fill("password")
    await page.get_by_role("button", name="Sign up").click()
    await expect(password).to_have_attribute("aria-invalid", "true")
    await expect(password).to_be_focused()
    await expect(page).to_have_url(re.compile("/sign-up$"))


async def test_signing_in_leads_to_where_one_was_going(site: Site):
    ada = await site.person()
    page = await site.stranger()
    await page.goto(f"/w/{ada.slug}/people")
    await expect(page).to_have_url(re.compile(r"/sign-in\?next="))
    await sign_in(page, ada.email)
    await expect(page).to_have_url(re.compile(rf"/w/{ada.slug}/people$"))
    await expect(page.get_by_role("heading", name="People", exact=True)).to_be_visible()


async def test_a_wrong_password_is_told_aloud_and_lets_nobody_in(site: Site):
    ada = await site.person()
    page = await site.stranger()
    await page.goto("/sign-in")
    await sign_in(page, ada.email, "not the password")
    await expect(page.get_by_role("alert")).to_contain_text("do not match")
    await page.goto("/account")
    await expect(page.get_by_role("heading", name="Sign in")).to_be_visible()


async def test_a_reload_stays_signed_in_and_signing_out_ends_it(site: Site):
    ada = await site.person()
    page = ada.page
    await page.goto("/account")
    await page.reload()
    await expect(page.get_by_role("heading", name="Account", exact=True)).to_be_visible()
    await page.get_by_role("button", name="menu of").click()
    await page.get_by_role("menuitem", name="Sign out").click()
    await expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    await page.goto("/account")
    await expect(page.get_by_role("heading", name="Sign in")).to_be_visible()


async def test_without_mail_the_page_says_who_makes_a_link_to_reset_the_password(site: Site):
    page = await site.stranger()
    await page.goto("/sign-in")
    await page.get_by_role("link", name="Forgot the password?").click()
    await expect(page.get_by_text("Ask its administrator for a link")).to_be_visible()
    await expect(page.get_by_label("E-mail")).to_have_count(0)


async def test_what_an_address_says_of_a_failed_sign_in_is_not_repeated(site: Site):
    page = await site.stranger()
    await page.goto("/sign-in?failed=Call%20555%200100")
    await expect(page.get_by_role("alert")).to_contain_text("Signing in did not work")
    await expect(page.get_by_text("555 0100")).to_have_count(0)


async def test_a_link_without_its_token_says_what_to_do(site: Site):
    page = await site.stranger()
    await page.goto("/invitation")
    await expect(page.get_by_role("alert")).to_contain_text("Copy the whole link")


async def test_an_address_that_leads_nowhere_says_so(site: Site):
    ada = await site.person()
    await ada.page.goto("/no/such/page")
    await expect(ada.page.get_by_role("heading", name="No such page")).to_be_visible()
    await ada.page.goto("/w/somebody-elses")
    await expect(ada.page.get_by_role("heading", name="No such workspace")).to_be_visible()


async def test_a_browser_that_another_person_signed_in_to_shows_nothing_of_the_first(site: Site):
    ada, grace = await site.person(), await site.person("Grace Hopper")
    page = ada.page
    await page.goto("/account")
    await expect(page.get_by_role("heading", name="Account", exact=True)).to_be_visible()
    await site.ask(page, "mutation { signOut }", {}, ada.access_token)
    await site.ask(page, SIGN_IN, {"input": {"email": grace.email, "password": PASSWORD, "useCookie": True}})
    await page.get_by_label("What others call you").fill("Somebody else")
    await page.get_by_role("button", name="Save").click()
    await expect(page.get_by_role("button", name="menu of Grace Hopper")).to_be_visible()
    await expect(page.get_by_text(ada.email)).to_have_count(0)
