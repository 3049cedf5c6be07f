"""WCAG 2.2 AA on every page that is read rather than watched: axe finds nothing, and nothing runs over the side."""

import pytest
from fixtures.site import Site, violations
from playwright.async_api import Page, expect

THEMES = ["light", "dark"]
SIZES = {"desktop": {"width": 1280, "height": 800}, "phone": {"width": 360, "height": 740}}
OUTSIDE = {
    "/sign-in": "Sign in",
    "/sign-up": "Sign up",
    "/set-up#token": "Set up Fermata",
    "/invitation#token": "You are invited",
    "/reset-password": "Reset the password",
    "/reset-password#token": "Choose a new password",
    "/sign-in?failed=SignUpClosed": "Sign in",
    "/no/such/page": "No such page",
}
INSIDE = {
    "/w/{slug}/people": "People",
    "/w/{slug}/tokens": "Tokens",
    "/w/{slug}/audit": "Audit",
    "/account": "Account",
    "/new-workspace": "New workspace",
}


async def judge(page: Page, address: str, heading: str) -> list[str]:
    await page.goto(address)
    await expect(page.get_by_role("heading", name=heading, exact=True)).to_be_visible()
    await expect(page.locator("[aria-busy=true]")).to_have_count(0)
    found = await violations(page)
    if await page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
        found.append("it runs over the side")
    return [f"{address} {fault}" for fault in found]


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("size", SIZES)
async def test_pages_outside_have_no_violations(site: Site, theme: str, size: str):
    page = await site.stranger(color_scheme=theme, viewport=SIZES[size])
    assert [fault for at, heading in OUTSIDE.items() for fault in await judge(page, at, heading)] == []


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("size", SIZES)
async def test_pages_inside_have_no_violations(site: Site, theme: str, size: str):
    ada = await site.person(color_scheme=theme, viewport=SIZES[size])
    pages = {at.format(slug=ada.slug): heading for at, heading in INSIDE.items()}
    assert [fault for at, heading in pages.items() for fault in await judge(ada.page, at, heading)] == []


@pytest.mark.parametrize("theme", THEMES)
async def test_what_opens_over_a_page_has_no_violations(site: Site, theme: str):
    ada = await site.person(color_scheme=theme, viewport=SIZES["phone"])
    page = ada.page
    await page.goto(f"/w/{ada.slug}/people")
    openers = ["Invite", "Delete the workspace…", "Open the navigation", "menu of Ada", "Show the last looks"]
    for opener in openers:
        await page.get_by_role("button", name=opener).click()
        over = page.get_by_role("dialog").or_(page.get_by_role("menu"))
        await expect(over).to_be_visible()
        assert await violations(page) == [], opener
        await page.keyboard.press("Escape")
        await expect(over).to_have_count(0)


@pytest.mark.parametrize("theme", THEMES)
async def test_the_explorer_has_no_violations(site: Site, theme: str):
    ada = await site.person(color_scheme=theme)
    await ada.page.goto("/graphiql")
    await expect(ada.page.get_by_role("region", name="Operation Editor")).to_contain_text("viewer")
    assert await violations(ada.page) == []
