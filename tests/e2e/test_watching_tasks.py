"""Watching costs nothing and shows what others do; what one may not do is told, and a page that is behind repairs itself."""

from fixtures.site import Person, Site
from fixtures.tasks_on_site import button, card, column, joining, make, move, read
from playwright.async_api import Page, expect

SET_ROLE = """mutation($workspace: ID!, $user: ID!) {
  setMemberRole(workspaceId: $workspace, userId: $user, role: OPERATOR) { role } }"""
VIEWER = "query { viewer { id } }"


async def stop_looking(page: Page) -> None:
    """This page looks at the server only when it is told to."""
    await page.add_init_script("localStorage.setItem('fermata.preferences', '{\"pollEveryMs\": null}')")


async def open_board(admin: Person, *others: Person) -> None:
    for person in (admin, *others):
        await person.page.goto(f"/w/{admin.slug}")


async def test_what_one_does_the_other_sees(site: Site):
    ada = await site.person()
    grace = await joining(site, ada, "Grace Hopper", "EDITOR")
    ids = await make(site, ada, "Nightly import")
    await open_board(ada, grace)
    await button(card(ada.page, "Nightly import", "Not started"), "Run", "Nightly import").click()
    await expect(card(grace.page, "Nightly import", "In progress")).to_be_visible()
    await move(site, grace, "pauseTask", ids["Nightly import"], reason="backup first")
    await expect(card(ada.page, "Nightly import", "Paused")).to_contain_text("Paused by Grace Hopper: “backup first”.")
    await make(site, grace, "From Grace")
    await expect(card(ada.page, "From Grace", "Not started")).to_contain_text("Grace Hopper")
    await expect(ada.page.get_by_text("2 tasks", exact=True)).to_be_visible()


async def test_a_page_that_is_behind_says_what_happened_meanwhile_and_catches_up(site: Site):
    ada = await site.person()
    grace = await joining(site, ada, "Grace Hopper", "OPERATOR")
    ids = await make(site, ada, "Nightly import")
    await move(site, ada, "runTask", ids["Nightly import"])
    await stop_looking(grace.page)
    await open_board(ada, grace)
    stale = card(grace.page, "Nightly import", "In progress")
    await expect(stale).to_be_visible()
    await move(site, ada, "pauseTask", ids["Nightly import"], reason="too early")
    await button(stale, "Pause", "Nightly import").click()
    await expect(grace.page.get_by_role("alert")).to_contain_text("Ada Lovelace has paused it")
    await expect(grace.page.get_by_role("alert")).to_contain_text("too early")
    await expect(card(grace.page, "Nightly import", "Paused")).to_be_visible()
    await expect(stale).to_have_count(0)


async def test_an_edit_on_top_of_anothers_is_kept_unless_both_changed_the_same(site: Site):
    ada = await site.person()
    ids = await make(site, ada, "Shared")
    page = ada.page
    await stop_looking(page)
    await page.goto(f"/w/{ada.slug}/t/{ids['Shared']}")
    await page.get_by_role("button", name="Edit: Title").click()
    change = "mutation($id: ID!) { updateTask(id: $id, input: { %s }) { task { id } } }"
    await site.ask(page, change % "priority: 7", {"id": ids["Shared"]}, ada.access_token)
    title = page.get_by_role("textbox", name="Title")
    await title.fill("Mine")
    await title.press("Enter")
    await expect(page.get_by_role("complementary", name="Mine")).to_be_visible()
    await page.get_by_role("button", name="Edit: Title").click()
    await site.ask(page, change % 'title: "Theirs"', {"id": ids["Shared"]}, ada.access_token)
    await title.fill("Mine again")
    await title.press("Enter")
    await expect(page.get_by_text("has changed it meanwhile to “Theirs”")).to_be_visible()
    await title.press("Enter")
    await expect(page.get_by_role("complementary", name="Mine again")).to_be_visible()


async def test_a_field_that_changes_under_an_edit_says_so_and_is_not_overwritten_unasked(site: Site):
    ada = await site.person()
    ids = await make(site, ada, "Shared")
    page = ada.page
    await page.goto(f"/w/{ada.slug}/t/{ids['Shared']}")
    await page.get_by_role("button", name="Edit: Title").click()
    title = page.get_by_role("textbox", name="Title")
    await title.fill("Mine")
    change = 'mutation($id: ID!) { updateTask(id: $id, input: { title: "Theirs" }) { task { id } } }'
    await site.ask(page, change, {"id": ids["Shared"]}, ada.access_token)
    await expect(page.get_by_text("It has been changed meanwhile to “Theirs”.")).to_be_visible()
    await title.press("Enter")
    await expect(page.get_by_text("Save again to put yours in its place.")).to_be_visible()
    await expect(page.get_by_role("complementary", name="Theirs")).to_be_visible()
    await title.press("Enter")
    await expect(page.get_by_role("complementary", name="Mine")).to_be_visible()


async def test_a_viewer_sees_everything_and_is_told_why_nothing_can_be_done(site: Site):
    ada = await site.person()
    ids = await make(site, ada, "Nightly import")
    vera = await joining(site, ada, "Vera Rubin", "VIEWER")
    await vera.page.goto(f"/w/{ada.slug}")
    run = button(card(vera.page, "Nightly import"), "Run", "Nightly import")
    await expect(run).to_have_attribute("aria-disabled", "true")
    await expect(run).to_have_accessible_name(
        "Run Nightly import: You are a VIEWER here; running a task needs OPERATOR."
    )
    await run.focus()
    await vera.page.keyboard.press("Enter")
    await expect(vera.page.get_by_role("tooltip")).to_contain_text("needs OPERATOR")
    await vera.page.keyboard.press("r")
    await expect(vera.page.get_by_text("“Nightly import”: You are a VIEWER here")).to_be_visible()
    await expect(vera.page.get_by_role("button", name="New task")).to_have_count(0)
    assert (await read(site, ada, ids["Nightly import"]))["status"] == "NOT_STARTED"


async def test_an_operator_runs_what_others_made_and_makes_edits_and_manages_nothing(site: Site):
    ada = await site.person()
    ids = await make(site, ada, "Nightly import")
    olga = await joining(site, ada, "Olga Taussky", "OPERATOR")
    page = olga.page
    await page.goto(f"/w/{ada.slug}/t/{ids['Nightly import']}")
    panel = page.get_by_role("complementary", name="Nightly import")
    await button(panel, "Run", "Nightly import").click()
    await expect(card(page, "Nightly import", "In progress")).to_be_visible()
    await expect(page.get_by_role("button", name="Edit: Title")).to_have_count(0)
    await expect(page.get_by_role("button", name="New task")).to_have_count(0)
    await panel.get_by_role("button", name="More for Nightly import").click()
    for item, needed in (("Duplicate…", "creating tasks needs EDITOR"), ("Delete…", "You are an OPERATOR")):
        entry = page.get_by_role("menuitem", name=item)
        await expect(entry).to_have_attribute("aria-disabled", "true")
        await expect(entry).to_contain_text(needed)
    await page.goto(f"/w/{ada.slug}/people")
    await expect(page.get_by_role("list", name="Members").get_by_role("listitem")).to_have_count(2)
    await expect(page.get_by_label("Role of Ada Lovelace")).to_have_count(0)
    await expect(page.get_by_role("button", name="Invite", exact=True)).to_have_count(0)
    await page.goto(f"/w/{ada.slug}/table")
    await page.get_by_label("Select Nightly import").check()
    bar = page.get_by_role("region", name="What is selected")
    await expect(bar.get_by_role("button", name="Delete")).to_be_disabled()
    await bar.get_by_role("button", name="Pause").click()
    await page.get_by_role("dialog").get_by_role("button", name="Pause 1 task").click()
    await expect(page.get_by_role("row").filter(has_text="Nightly import")).to_contain_text("Paused")
    assert (await read(site, ada, ids["Nightly import"]))["status"] == "PAUSED"


async def test_a_role_that_is_changed_changes_the_others_screen(site: Site):
    ada = await site.person()
    await make(site, ada, "Nightly import")
    vera = await joining(site, ada, "Vera Rubin", "VIEWER")
    await vera.page.goto(f"/w/{ada.slug}")
    run = button(card(vera.page, "Nightly import"), "Run", "Nightly import")
    await expect(run).to_have_attribute("aria-disabled", "true")
    user = (await site.ask(vera.page, VIEWER, {}, vera.access_token))["viewer"]["id"]
    await site.ask(ada.page, SET_ROLE, {"workspace": ada.workspace_id, "user": user}, ada.access_token)
    await expect(run).to_have_attribute("aria-disabled", "false")
    await run.click()
    await expect(card(vera.page, "Nightly import", "In progress")).to_be_visible()


async def test_an_editor_edits_their_own_tasks_and_not_those_of_others(site: Site):
    ada = await site.person()
    theirs = await make(site, ada, "Of Ada")
    emmy = await joining(site, ada, "Emmy Noether", "EDITOR")
    emmy.workspace_id = ada.workspace_id
    own = await make(site, emmy, "Of Emmy")
    await emmy.page.goto(f"/w/{ada.slug}/t/{own['Of Emmy']}")
    await expect(emmy.page.get_by_role("button", name="Edit: Title")).to_be_visible()
    await emmy.page.goto(f"/w/{ada.slug}/t/{theirs['Of Ada']}")
    await expect(emmy.page.get_by_role("complementary", name="Of Ada")).to_be_visible()
    await expect(emmy.page.get_by_role("button", name="Edit: Title")).to_have_count(0)
    await emmy.page.get_by_role("complementary").get_by_role("button", name="More for Of Ada").click()
    delete = emmy.page.get_by_role("menuitem", name="Delete…")
    await expect(delete).to_have_attribute("aria-disabled", "true")
    await expect(delete).to_contain_text("deleting it needs ADMIN")


async def test_without_a_connection_the_page_says_since_when_waits_and_comes_back_by_itself(site: Site):
    ada = await site.person()
    ids = await make(site, ada, "Nightly import")
    page = ada.page
    await page.goto(f"/w/{ada.slug}")
    run = button(card(page, "Nightly import", "Not started"), "Run", "Nightly import")
    await expect(run).to_have_attribute("aria-disabled", "false")
    await page.context.set_offline(True)
    await expect(page.get_by_text("Buttons wait until it is back")).to_be_visible()
    await expect(run).to_have_attribute("aria-disabled", "true")
    await expect(run).to_have_accessible_name(
        "Run Nightly import: No connection to the server; this waits until it is back."
    )
    offline = await site.person("Grace Hopper")
    await site.ask(
        offline.page,
        "mutation($id: ID!) { runTask(id: $id) { task { id } } }",
        {"id": ids["Nightly import"]},
        ada.access_token,
    )
    await page.context.set_offline(False)
    await expect(card(page, "Nightly import", "In progress")).to_be_visible()
    await expect(page.get_by_text("Buttons wait until it is back")).to_have_count(0)


COUNT_ROWS = """() => {
  window.drawn = [];
  window.box = document.querySelector('section[aria-label="Table of tasks"]');
  new MutationObserver((records) => {
    for (const record of records)
      for (const node of record.addedNodes)
        if (node.getAttribute?.("aria-rowindex")) window.drawn.push(node.getAttribute("aria-rowindex"));
  }).observe(window.box.querySelector("tbody"), { childList: true });
}"""


async def test_a_column_of_two_thousand_draws_only_what_can_be_seen_and_reads_on_as_it_scrolls(site: Site):
    ada = await site.person()
    await make(site, ada, *(f"Task {number:04}" for number in range(2000)))
    page = ada.page
    await page.goto(f"/w/{ada.slug}")
    first = column(page, "Not started")
    await expect(first.get_by_role("heading", level=2)).to_contain_text("2,000")
    await expect(first.get_by_role("article").first).to_be_visible()
    assert await page.get_by_role("article").count() < 40
    await page.keyboard.press("j")
    for _ in range(60):
        await page.keyboard.press("j")
    focused = page.locator("a:focus")
    await expect(first.get_by_role("article").filter(has=focused)).to_be_in_viewport()
    assert await page.get_by_role("article").count() < 40
    await page.goto(f"/w/{ada.slug}/table?sort=title")
    await expect(page.get_by_role("row").nth(1)).to_contain_text("Task 0000")
    assert await page.get_by_role("row").count() < 60
    await page.evaluate(COUNT_ROWS)
    for at in (10, 20, 30):
        await page.evaluate("rows => { window.box.scrollTop = rows * 39; }", at)
        await expect(page.get_by_role("row").filter(has_text=f"Task {at + 2:04}")).to_be_in_viewport()
    drawn = await page.evaluate("window.drawn")
    assert len(drawn) == len(set(drawn)), "a row that stays on the screen is drawn once"
    assert 20 <= len(drawn) <= 45, "ten rows further are ten rows more"
    assert await page.get_by_role("row").count() < 60
