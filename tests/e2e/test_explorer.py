"""GraphiQL, bundled, signed in as oneself."""

from fixtures.site import Site
from playwright.async_api import expect


async def test_an_example_runs_as_oneself(site: Site):
    ada = await site.person()
    page = ada.page
    await page.goto("/graphiql")
    await expect(page.get_by_text("Signed in as Ada Lovelace, Admin in Ada Lovelace")).to_be_visible()
    editor = page.get_by_role("region", name="Operation Editor")
    await expect(editor).to_contain_text("viewer")
    await page.get_by_role("button", name="Execute query").click()
    await expect(page.get_by_label("Result Window")).to_contain_text(ada.slug)
    await page.get_by_role("button", name="Show Examples").click()
    await page.get_by_role("button", name="List tasks").click()
    await expect(editor).to_contain_text("pageInfo")
    await page.get_by_role("button", name="Execute query").click()
    await expect(page.get_by_label("Result Window")).to_contain_text("NOT_STARTED")


async def test_who_is_not_signed_in_is_told_so_and_finds_the_way(site: Site):
    page = await site.stranger()
    await page.goto("/graphiql")
    await page.get_by_role("link", name="Sign in").click()
    await expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
