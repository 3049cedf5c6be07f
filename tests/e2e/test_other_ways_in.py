"""Coming in without a password of this server: by an identity provider, by a mailed link. On a server of its own that asks for
an invitation, sends mail, and sends people to a provider on another site."""

import re
from collections.abc import AsyncGenerator
from dataclasses import dataclass
from email import message_from_bytes, policy
from typing import Any

import pytest
import pytest_asyncio
from conftest import Waiting
from fixtures.mail import smtp_server
from fixtures.provider import real_provider
from fixtures.site import Person, Site, serving, visiting
from playwright.async_api import Browser, Page, expect

ANN, EVE = "ann@example.org", "eve@example.org"
INVITE = "mutation($id: ID!, $to: String!) { inviteMember(workspaceId: $id, role: VIEWER, email: $to) { token } }"
# The provider's authlib warns about itself, in a thread of its own.
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")
STYLES = re.compile("^https://cdn[.]jsdelivr[.]net/")  # the provider's own pages ask for some


@dataclass
class Place:
    """The server, the provider, and the letters that were sent."""

    origin: str
    provider: str
    letters: list[bytes]
    administrator: Person


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def place(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> AsyncGenerator[Place]:
    folder = tmp_path_factory.mktemp("ways")
    with real_provider(ann=ANN, eve=EVE) as provider:
        file = folder / "oidc.toml"
        file.write_text(
            f'[other]\nlabel = "Other Place"\nissuer = "{provider}"\nclient_id = "us"\nclient_secret = "s"\n'
        )
        async with smtp_server() as (mail, letters):
            settings = {"OIDC_FILE": str(file), "SIGNUP": "invite", "MAIL_FROM": "fermata@example.org"}
            async with serving(folder, SMTP_URL=f"{mail}?starttls=never", **settings) as address:
                root = await Site(address, browser, "").person("Root Admin")
                yield Place(address, provider, letters, root)
                await root.context.close()


@pytest_asyncio.fixture(loop_scope="session")
async def ways(place: Place, browser: Browser) -> AsyncGenerator[Site]:
    site = Site(place.origin, browser, place.administrator.email, provider=place.provider)
    async with visiting(site) as site:
        yield site


async def go_to_the_provider(site: Site, at: str = "/sign-in") -> Page:
    """A new browser that is at the provider's own page."""
    page = await site.stranger()
    await page.context.route(STYLES, lambda route: route.abort())
    await page.goto(at)
    await page.get_by_role("link", name="Continue with Other Place").click()
    await expect(page.get_by_role("heading", name="Authorize Client")).to_be_visible()
    assert page.url.startswith(site.provider)
    return page


async def test_somebody_who_is_invited_comes_in_by_a_provider_again_and_again(ways: Site, place: Place):
    root = place.administrator
    await ways.ask(root.page, INVITE, {"id": root.workspace_id, "to": ANN}, root.access_token)
    for _ in range(2):
        page = await go_to_the_provider(ways, "/account")
        await page.get_by_role("button", name="ann", exact=True).click()
        await expect(page).to_have_url(f"{ways.origin}/account")
        await expect(page.get_by_role("button", name="menu of Ann")).to_be_visible()
        await page.reload()
        await expect(page.get_by_role("heading", name="Account", exact=True)).to_be_visible()


async def test_somebody_who_is_not_invited_is_told_to_ask_for_it(ways: Site):
    page = await go_to_the_provider(ways)
    await page.get_by_role("button", name="eve", exact=True).click()
    await expect(page.get_by_role("alert")).to_contain_text("Ask to be invited")
    await page.goto("/account")
    await expect(page.get_by_role("heading", name="Sign in")).to_be_visible()


async def test_a_sign_in_that_was_given_up_says_so_and_can_be_begun_again(ways: Site):
    page = await go_to_the_provider(ways)
    await page.get_by_role("button", name="Deny").click()
    # This provider forgets to give the state back, so that its word counts for nothing: nobody knows whose sign-in ended.
    await expect(page.get_by_role("alert")).to_contain_text("Start again here")
    await page.get_by_role("link", name="Continue with Other Place").click()
    await expect(page.get_by_role("heading", name="Authorize Client")).to_be_visible()


async def test_a_reset_says_the_same_for_everyone_and_mails_a_link_to_who_has_an_account(
    ways: Site, place: Place, until: Waiting
):
    page = await ways.stranger()
    for email in ("nobody@example.org", place.administrator.email):
        await page.goto("/reset-password")
        await page.get_by_label("E-mail").fill(email)
        await page.get_by_role("button", name="Send me a link").click()
        await expect(page.get_by_role("status")).to_contain_text("If there is an account for that address")

    async def came() -> bool:
        return bool(place.letters)

    await until(came)
    (letter,) = place.letters
    message: Any = message_from_bytes(letter, policy=policy.default)
    assert message["To"] == place.administrator.email
    link = re.search(r"http\S+/reset-password#\S+", message.get_content())
    assert link
    await page.goto(link[0])
    await expect(page.get_by_role("heading", name="Choose a new password")).to_be_visible()
