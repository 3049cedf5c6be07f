"""A browser and a server a run, people of its own a test, and the rule that no page asks elsewhere or breaks its own policy."""

import re
from collections.abc import AsyncGenerator

import pytest
import pytest_asyncio
from fixtures.cluster import Cluster
from fixtures.site import PASSWORD, PATIENCE_MS, Site, address_of, serving, visiting
from playwright.async_api import Browser, async_playwright, expect

from scripts.browser import find_browser

expect.set_options(timeout=PATIENCE_MS)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """All of these share one event loop, as the browser does."""
    for item in items:
        if "e2e" in item.path.parts:
            item.add_marker(pytest.mark.asyncio(loop_scope="session"), append=False)


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser() -> AsyncGenerator[Browser]:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=find_browser(), args=["--no-sandbox"])
        yield browser
        await browser.close()


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def address(cluster: Cluster, tmp_path_factory: pytest.TempPathFactory) -> AsyncGenerator[str]:
    async with cluster.clone() as url, serving(tmp_path_factory.mktemp("site"), DATABASE_URL=url) as address:
        yield address


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def administrator(address: str, browser: Browser) -> str:
    """The first account of the server, made as a newcomer does it; everyone after it is nobody special."""
    page, email = await Site(address, browser, "").stranger(), address_of("Root")
    await page.goto("/")
    await expect(page).to_have_url(re.compile("/set-up$"))
    await page.get_by_label("Name").fill("Root Admin")
    await page.get_by_label("E-mail").fill(email)
    await page.get_by_role("textbox", name="Password").fill(PASSWORD)
    await page.get_by_role("button", name="Make the first account").click()
    await expect(page.get_by_role("heading", name="No tasks yet")).to_be_visible()
    await page.context.close()
    return email


@pytest_asyncio.fixture(loop_scope="session")
async def site(address: str, browser: Browser, administrator: str) -> AsyncGenerator[Site]:
    """The site for one test."""
    async with visiting(Site(address, browser, administrator)) as site:
        yield site
