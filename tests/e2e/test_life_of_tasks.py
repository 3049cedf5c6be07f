"""From signing up to a task that is done; what pausing, reloading, cancelling and editing do to it; and many tasks at once."""

import re

from fixtures.site import PASSWORD, Person, Site
from fixtures.tasks_on_site import button, card, column, make, move, read
from playwright.async_api import Page, expect


async def test_from_signing_up_to_a_task_that_completes_by_itself(site: Site):
    page = await site.stranger()
    await page.goto("/sign-up")
    await page.get_by_label("Name").fill("Ada Lovelace")
    await page.get_by_label("E-mail").fill("ada-tasks@example.org")
    await page.get_by_role("textbox", name="Password").fill(PASSWORD)
    await page.get_by_role("button", name="Sign up").click()
    await expect(page.get_by_role("heading", name="No tasks yet")).to_be_visible()
    await page.get_by_role("main").get_by_role("button", name="New task").click()
    dialog = page.get_by_role("dialog", name="New task")
    await dialog.get_by_role("button", name="Create and run").click()
    await expect(dialog.get_by_text("A task needs a title.")).to_be_visible()
    await expect(dialog.get_by_label("Title")).to_be_focused()
    await dialog.get_by_label("Title").fill("Boil an egg")
    await dialog.get_by_label("Duration").fill("1s")
    await dialog.get_by_role("button", name="Create and run").click()
    await expect(dialog).to_have_count(0)
    await expect(card(page, "Boil an egg", "Completed")).to_contain_text("took 1 s")
    await expect(card(page, "Boil an egg")).to_have_count(1)


async def test_three_samples_fill_an_empty_board(site: Site):
    ada = await site.person()
    await ada.page.goto(f"/w/{ada.slug}")
    await ada.page.get_by_role("button", name="Try three samples").click()
    await expect(ada.page.get_by_role("list", name="Not started").get_by_role("article")).to_have_count(3)
    await expect(ada.page.get_by_text("3 tasks", exact=True)).to_be_visible()


async def test_a_pause_outlives_a_reload_and_keeps_the_time_already_spent(site: Site):
    ada = await site.person()
    ids = await make(site, ada, "Steep the tea")
    page = ada.page
    await page.goto(f"/w/{ada.slug}")
    await button(card(page, "Steep the tea", "Not started"), "Run", "Steep the tea").click()
    await button(card(page, "Steep the tea", "In progress"), "Pause", "Steep the tea").click()
    await expect(card(page, "Steep the tea", "Paused")).to_be_visible()
    await expect(page.get_by_text("Paused “Steep the tea”")).to_be_visible()
    spent = (await read(site, ada, ids["Steep the tea"]))["elapsedMs"]
    await page.reload()
    await expect(card(page, "Steep the tea", "Paused")).to_contain_text("0 % kept")
    now = await read(site, ada, ids["Steep the tea"])
    assert (now["status"], now["elapsedMs"]) == ("PAUSED", spent)
    await button(card(page, "Steep the tea"), "Resume", "Steep the tea").click()
    await expect(card(page, "Steep the tea", "In progress")).to_contain_text("left")


async def test_undo_takes_a_pause_back(site: Site):
    ada = await site.person()
    ids = await make(site, ada, "Steep the tea")
    await move(site, ada, "runTask", ids["Steep the tea"])
    await ada.page.goto(f"/w/{ada.slug}")
    await button(card(ada.page, "Steep the tea", "In progress"), "Pause", "Steep the tea").click()
    await ada.page.get_by_role("button", name="Undo").click()
    await expect(card(ada.page, "Steep the tea", "In progress")).to_be_visible()
    await expect(ada.page.get_by_text("Resumed “Steep the tea”")).to_be_visible()


async def test_cancelling_asks_first_and_its_reason_goes_into_the_history(site: Site):
    ada = await site.person()
    ids = await make(site, ada, "Load test")
    await move(site, ada, "runTask", ids["Load test"])
    page = ada.page
    await page.goto(f"/w/{ada.slug}/t/{ids['Load test']}")
    panel = page.get_by_role("complementary", name="Load test")
    await panel.get_by_role("button", name="Cancel Load test").click()
    dialog = page.get_by_role("dialog")
    await dialog.get_by_role("button", name="Keep as it is").click()
    await expect(card(page, "Load test", "In progress")).to_be_visible()
    await panel.get_by_role("button", name="Cancel Load test").click()
    await dialog.get_by_label("Reason").fill("wrong environment")
    await dialog.get_by_role("button", name="Cancel the task").click()
    await expect(card(page, "Load test", "Cancelled")).to_be_visible()
    history = panel.get_by_role("region", name="History")
    await expect(history.get_by_role("listitem").first).to_contain_text("Cancelled by you — “wrong environment”")


async def test_a_task_is_edited_in_place_and_the_history_tells_what_it_was(site: Site):
    ada = await site.person()
    ids = await make(site, ada, "Old name")
    page = ada.page
    await page.goto(f"/w/{ada.slug}/t/{ids['Old name']}")
    await page.get_by_role("button", name="Edit: Title").click()
    await page.get_by_role("textbox", name="Title").fill("New name")
    await page.get_by_role("textbox", name="Title").press("Enter")
    await expect(page.get_by_role("complementary", name="New name")).to_be_visible()
    await expect(page.get_by_role("button", name="Edit: Title")).to_be_focused()
    await expect(card(page, "New name", "Not started")).to_be_visible()
    await expect(page.get_by_role("region", name="History")).to_contain_text("title: Old name → New name")
    await page.get_by_role("button", name="Edit: Duration").click()
    await page.get_by_role("textbox", name="Duration").fill("soon")
    await page.get_by_role("textbox", name="Duration").press("Enter")
    await expect(page.get_by_text("A duration such as 90s")).to_be_visible()
    await page.get_by_role("textbox", name="Duration").fill("1h 30m")
    await page.get_by_role("textbox", name="Duration").press("Enter")
    await expect(page.get_by_role("complementary").get_by_text("1 h 30 m", exact=True)).to_be_visible()


async def test_work_shows_its_note_its_log_and_its_result_and_its_form_comes_from_the_kind(site: Site):
    ada = await site.person()
    page = ada.page
    await page.goto(f"/w/{ada.slug}")
    await expect(page.get_by_role("heading", name="No tasks yet")).to_be_visible()
    await page.keyboard.press("c")
    dialog = page.get_by_role("dialog", name="New task")
    await dialog.get_by_label("Title").fill("Process the list")
    await dialog.get_by_label("Kind").click()
    await page.get_by_role("option", name="List of items").click()
    await dialog.get_by_role("button", name="Create and run").click()
    await expect(dialog.get_by_text("This is needed.")).to_be_visible()
    await dialog.get_by_label("Items").fill("one\ntwo\nthree")
    await dialog.get_by_role("button", name="Create and run").click()
    await expect(card(page, "Process the list", "Completed")).to_contain_text("3 items processed")
    await card(page, "Process the list").get_by_role("link").click()
    panel = page.get_by_role("complementary", name="Process the list")
    await expect(panel.get_by_role("log")).to_contain_text("processed three")
    await expect(panel.get_by_role("region", name="Input")).to_contain_text('"three"')
    await expect(panel.get_by_role("region", name="History").get_by_role("listitem")).to_have_count(4)


async def test_duplicating_and_deleting_from_the_menu(site: Site):
    ada = await site.person()
    ids = await make(site, ada, "Water the plants", labels=["home"], durationMs=5_400_000)
    page = ada.page
    await page.goto(f"/w/{ada.slug}/t/{ids['Water the plants']}")
    panel = page.get_by_role("complementary")
    await panel.get_by_role("button", name="More for Water the plants").click()
    await page.get_by_role("menuitem", name="Duplicate…").click()
    dialog = page.get_by_role("dialog", name="Duplicate")
    await expect(dialog.get_by_label("Duration")).to_have_value("1 h 30 m")
    await dialog.get_by_role("button", name="Create", exact=True).click()
    await expect(card(page, "Water the plants")).to_have_count(2)
    await panel.get_by_role("button", name="More for Water the plants").click()
    await page.get_by_role("menuitem", name="Delete…").click()
    await expect(page.get_by_role("dialog").get_by_role("button", name="Keep as it is")).to_be_focused()
    await page.get_by_role("dialog").get_by_role("button", name="Delete the task").click()
    await expect(card(page, "Water the plants")).to_have_count(1)
    await expect(panel).to_contain_text("No such task")
    await page.keyboard.press("Escape")
    await expect(page).to_have_url(re.compile(rf"/w/{ada.slug}$"))


RUN = """mutation($id: ID!) {
  transitionTasks(workspaceId: $id, action: RUN, target: { filter: { labels: ["running"] } }) { changed } }"""
COUNTS = "query($slug: String!) { workspace(slug: $slug) { counts { status count } } }"


async def counts(site: Site, person: Person) -> dict[str, int]:
    found = await site.ask(person.page, COUNTS, {"slug": person.slug}, person.access_token)
    return {entry["status"]: entry["count"] for entry in found["workspace"]["counts"] if entry["count"]}


async def select_all_that_match(page: Page, many: str) -> None:
    await page.get_by_label("Select all that are loaded").check()
    await page.get_by_role("button", name=f"Select all {many} that match").click()


async def test_a_pause_of_all_that_match_is_rehearsed_reported_and_undone(site: Site):
    ada = await site.person()
    await make(site, ada, *(f"Running {number}" for number in range(40)), labels=["batch", "running"])
    await make(site, ada, *(f"Waiting {number}" for number in range(41)), labels=["batch"])
    await make(site, ada, "Elsewhere", labels=["running"])
    ran = await site.ask(ada.page, RUN, {"id": ada.workspace_id}, ada.access_token)
    assert ran["transitionTasks"]["changed"] == 41
    page = ada.page
    await page.goto(f"/w/{ada.slug}/table?labels=batch")
    await expect(page.get_by_text("81 tasks", exact=True)).to_be_visible()
    await select_all_that_match(page, "81")
    bar = page.get_by_role("region", name="What is selected")
    await bar.get_by_role("button", name="Pause").click()
    dialog = page.get_by_role("dialog")
    await expect(dialog).to_contain_text("40 tasks will change, 41 won't.")
    await expect(dialog).to_contain_text("41 tasks: It has not been started yet")
    assert await counts(site, ada) == {"NOT_STARTED": 41, "IN_PROGRESS": 41}
    await dialog.get_by_label("Reason").fill("maintenance")
    await dialog.get_by_role("button", name="Pause 40 tasks").click()
    await expect(dialog).to_contain_text("Paused: 40 tasks. Not changed: 41.")
    await dialog.get_by_role("button", name="Close", exact=True).last.click()
    assert await counts(site, ada) == {"NOT_STARTED": 41, "IN_PROGRESS": 1, "PAUSED": 40}
    await page.get_by_role("button", name="Undo").click()
    await expect(page.get_by_text("Resumed 40 tasks")).to_be_visible()
    assert await counts(site, ada) == {"NOT_STARTED": 41, "IN_PROGRESS": 41}


async def test_some_are_chosen_and_deleted_and_what_runs_is_left_alone(site: Site):
    ada = await site.person()
    await make(site, ada, "Runs", labels=["running"])
    await make(site, ada, "First", "Second", "Third")
    await site.ask(ada.page, RUN, {"id": ada.workspace_id}, ada.access_token)
    page = ada.page
    await page.goto(f"/w/{ada.slug}/table?sort=title")
    rows = page.get_by_role("row")
    await expect(rows).to_have_count(5)
    await page.get_by_label("Select First").check()
    await page.get_by_label("Select Second").click(modifiers=["Shift"])
    await page.get_by_label("Select Runs").check()
    await expect(page.get_by_role("region", name="What is selected")).to_contain_text("3 selected")
    await page.get_by_role("region", name="What is selected").get_by_role("button", name="Delete").click()
    dialog = page.get_by_role("dialog")
    await expect(dialog).to_contain_text("2 tasks will change, 1 won't.")
    await expect(dialog).to_contain_text("It is in progress: cancel it first, then delete it.")
    await dialog.get_by_role("button", name="Delete 2 tasks").click()
    await expect(dialog).to_contain_text("Deleted: 2 tasks. Not changed: 1.")
    await dialog.get_by_role("button", name="Close", exact=True).last.click()
    await expect(rows).to_have_count(3)
    assert await counts(site, ada) == {"NOT_STARTED": 1, "IN_PROGRESS": 1}
    await page.goto(f"/w/{ada.slug}")
    await expect(column(page, "Not started").get_by_role("article")).to_have_count(1)


async def test_a_form_that_is_closed_half_filled_is_still_filled_when_it_opens_again(site: Site):
    ada = await site.person()
    page = ada.page
    await page.goto(f"/w/{ada.slug}")
    await page.get_by_role("main").get_by_role("button", name="New task").click()
    dialog = page.get_by_role("dialog", name="New task")
    await dialog.get_by_label("Title").fill("Half a thought")
    await page.keyboard.press("Escape")
    await expect(dialog).to_be_hidden()
    await expect(page.get_by_role("main").get_by_role("button", name="New task")).to_be_focused()
    await page.keyboard.press("c")
    await expect(dialog.get_by_label("Title")).to_have_value("Half a thought")
    await dialog.get_by_role("button", name="Begin anew").click()
    await expect(dialog.get_by_label("Title")).to_have_value("")
