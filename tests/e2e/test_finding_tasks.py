"""Finding tasks by filters, which stand in the address, and getting everywhere by keys alone."""

import re

from fixtures.site import PASSWORD, Site
from fixtures.tasks_on_site import card, column, joining, make, move
from playwright.async_api import Page, expect


async def test_filters_survive_a_reload_and_going_back_and_can_be_shared(site: Site):
    ada = await site.person()
    await make(site, ada, "Import orders", labels=["etl", "50 %, really"])
    await make(site, ada, "Import stock", labels=["etl"])
    await make(site, ada, "Water the plants")
    page = ada.page
    await page.goto(f"/w/{ada.slug}")
    await expect(page.get_by_role("article")).to_have_count(3)
    await page.get_by_role("button", name="filter", exact=True).click()
    labels = page.get_by_role("combobox", name="Labels")
    await labels.fill("50 %, really")
    await labels.press("Enter")
    await expect(page.get_by_role("article")).to_have_count(1)
    await expect(column(page, "Not started").get_by_role("heading", level=2)).to_contain_text("1")
    await page.reload()
    await expect(page.get_by_role("button", name="Remove the filter label 50 %, really")).to_be_visible()
    await expect(page.get_by_role("article")).to_have_count(1)
    grace = await joining(site, ada, "Grace Hopper", "VIEWER")
    await grace.page.goto(page.url)
    await expect(grace.page.get_by_role("article")).to_have_count(1)
    await page.get_by_role("button", name="Remove the filter label 50 %, really").click()
    await expect(page.get_by_role("article")).to_have_count(3)
    await page.go_back()
    await expect(page.get_by_role("article")).to_have_count(1)


async def test_search_finds_words_and_new_tasks_that_fit_come_in(site: Site):
    ada = await site.person()
    await make(site, ada, "Import orders", "Water the plants")
    page = ada.page
    await page.goto(f"/w/{ada.slug}")
    await expect(page.get_by_role("article")).to_have_count(2)
    await page.keyboard.press("/")
    await expect(page.get_by_role("searchbox", name="Search tasks")).to_be_focused()
    await page.keyboard.type("import")
    await expect(page.get_by_role("article")).to_have_count(1)
    await expect(page).to_have_url(re.compile(r"\?q=import$"))
    await make(site, ada, "Import stock", "Feed the cat")
    await expect(card(page, "Import stock", "Not started")).to_be_visible()
    await expect(page.get_by_role("article")).to_have_count(2)
    await expect(page.get_by_text("2 tasks", exact=True)).to_be_visible()


async def test_the_table_sorts_by_the_server_and_filters_by_status(site: Site):
    ada = await site.person()
    ids = await make(site, ada, "Beta", "Alpha")
    await make(site, ada, "Gamma", priority=5)
    await move(site, ada, "runTask", ids["Beta"])
    page = ada.page
    await page.goto(f"/w/{ada.slug}/table")
    titles = page.get_by_role("row").locator("td:nth-child(2)")
    await page.get_by_role("button", name="Title").click()
    await expect(titles).to_have_text(["Alpha", "Beta", "Gamma"])
    await expect(page.get_by_role("columnheader", name="Title")).to_have_attribute("aria-sort", "ascending")
    await page.get_by_role("button", name="Priority").click()
    await expect(titles.first).to_have_text("Gamma")
    await page.reload()
    await expect(titles.first).to_have_text("Gamma")
    await page.goto(f"/w/{ada.slug}/table?status=IN_PROGRESS")
    await expect(titles).to_have_text(["Beta"])
    await page.goto(f"/w/{ada.slug}/table?q=nothing+like+this")
    await expect(page.get_by_role("heading", name="Nothing matches")).to_be_visible()


async def test_a_view_is_saved_chosen_and_forgotten(site: Site):
    ada = await site.person()
    await make(site, ada, "Import orders", labels=["etl"])
    await make(site, ada, "Water the plants")
    page = ada.page
    await page.goto(f"/w/{ada.slug}?labels=etl")
    await page.get_by_role("button", name="View: not saved").click()
    await page.get_by_role("menuitem", name="Save this view…").click()
    await page.get_by_role("dialog").get_by_label("Name").fill("Night imports")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("button", name="View: Night imports")).to_be_visible()
    await page.goto(f"/w/{ada.slug}")
    await expect(page.get_by_role("article")).to_have_count(2)
    await page.get_by_role("button", name="View: all tasks").click()
    await page.get_by_role("menuitem", name="Night imports").click()
    await expect(page.get_by_role("article")).to_have_count(1)
    await page.get_by_role("button", name="View: Night imports").click()
    await page.get_by_role("menuitem", name="Forget “Night imports”").click()
    await expect(page.get_by_role("button", name="View: not saved")).to_be_visible()


async def focused_link(page: Page, title: str) -> None:
    await expect(page.get_by_role("link", name=title, exact=True)).to_be_focused()


async def tab_to(page: Page, label: str) -> None:
    """By the Tab key, as somebody without a mouse would; not further than a form is long."""
    field = page.get_by_label(label, exact=True).or_(page.get_by_role("textbox", name=label)).first
    await expect(field).to_be_visible()
    for _ in range(12):
        if await field.evaluate("field => field === document.activeElement"):
            return
        await page.keyboard.press("Tab")
    await expect(field).to_be_focused()


async def test_from_signing_in_to_cancelling_a_task_by_keys_alone(site: Site):
    ada = await site.person()
    page = await site.stranger()
    await page.goto("/sign-in")
    await tab_to(page, "E-mail")
    await page.keyboard.type(ada.email)
    await tab_to(page, "Password")
    await page.keyboard.type(PASSWORD)
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("heading", name="No tasks yet")).to_be_visible()

    await page.keyboard.press("c")
    await expect(page.get_by_label("Title")).to_be_focused()
    await page.keyboard.type("Brew tea")
    await tab_to(page, "Duration")
    await page.keyboard.type("1h")
    await page.keyboard.press("Enter")
    await expect(card(page, "Brew tea", "Not started")).to_be_visible()

    await page.keyboard.press("j")
    await focused_link(page, "Brew tea")
    for key, done, place in (
        ("r", "Started", "In progress"),
        ("p", "Paused", "Paused"),
        ("u", "Resumed", "In progress"),
    ):
        await page.keyboard.press(key)
        await expect(page.get_by_text(f"{done} “Brew tea”")).to_be_visible()
        await expect(card(page, "Brew tea", place)).to_be_visible()
        await focused_link(page, "Brew tea")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("complementary", name="Brew tea")).to_be_focused()
    await page.keyboard.press("x")
    await expect(page.get_by_role("button", name="Cancel the task")).to_be_focused()
    await page.keyboard.press("Enter")
    await expect(card(page, "Brew tea", "Cancelled")).to_be_visible()
    await expect(page.get_by_role("dialog")).to_have_count(0)
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("complementary")).to_have_count(0)
    await focused_link(page, "Brew tea")


async def test_keys_go_from_task_to_task_and_from_page_to_page(site: Site):
    ada = await site.person()
    await make(site, ada, "One")
    await make(site, ada, "Two")
    page = ada.page
    await page.goto(f"/w/{ada.slug}")
    await expect(page.get_by_role("article")).to_have_count(2)
    for key, title in [("j", "Two"), ("j", "One"), ("j", "One"), ("k", "Two")]:
        await page.keyboard.press(key)
        await focused_link(page, title)
    await page.keyboard.press("g")
    await page.keyboard.press("t")
    await expect(page).to_have_url(re.compile("/table$"))
    await expect(page.get_by_role("table")).to_be_visible()
    await page.keyboard.press("g")
    await page.keyboard.press("b")
    await expect(page).to_have_url(re.compile(rf"/w/{ada.slug}$"))
    await page.keyboard.press("?")
    await expect(page.get_by_role("dialog", name="Keys")).to_contain_text("Search in the tasks shown")


async def test_the_palette_finds_tasks_and_does_things(site: Site):
    ada = await site.person()
    await make(site, ada, "Import orders", "Water the plants")
    page = ada.page
    await page.goto(f"/w/{ada.slug}")
    await expect(page.get_by_role("article")).to_have_count(2)
    await page.keyboard.press("Control+k")
    palette = page.get_by_role("dialog", name="Search, or do anything")
    await expect(palette.get_by_role("textbox")).to_be_focused()
    await page.keyboard.type("orders")
    await expect(palette.get_by_role("button", name="Import orders")).to_be_visible()
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("complementary", name="Import orders")).to_be_visible()
    await expect(palette).to_have_count(0)
    await page.keyboard.press("Control+k")
    await expect(palette.get_by_role("textbox")).to_be_focused()
    await page.keyboard.type("run")
    await palette.get_by_role("button", name="Run “Import orders”").click()
    await expect(card(page, "Import orders", "In progress")).to_be_visible()
    await page.keyboard.press("Control+k")
    await expect(palette.get_by_role("textbox")).to_be_focused()
    await page.keyboard.type("new task")
    await palette.get_by_role("button", name="New task").click()
    await expect(page.get_by_role("dialog", name="New task").get_by_label("Title")).to_be_visible()
