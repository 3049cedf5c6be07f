"""Tokens for programs, and the record of who did what."""

import json
import re
from pathlib import Path

from fixtures.site import Person, Site
from playwright.async_api import expect

CREATE = "mutation($id: ID!, $input: TaskInput!) { createTask(workspaceId: $id, input: $input) { task { id } } }"


async def create(site: Site, ada: Person, title: str, token: str) -> None:
    await site.ask(ada.page, CREATE, {"id": ada.workspace_id, "input": {"title": title, "durationMs": 60_000}}, token)


async def make_token(ada: Person) -> str:
    await ada.page.goto(f"/w/{ada.slug}/tokens")
    await ada.page.get_by_role("button", name="New token").click()
    dialog = ada.page.get_by_role("dialog")
    await dialog.get_by_label("What it is for").fill("nightly import")
    await dialog.get_by_label("Role").select_option("EDITOR")
    await dialog.get_by_role("button", name="Make the token").click()
    secret = await dialog.get_by_label("Token", exact=True).input_value()
    await dialog.get_by_role("button", name="I have it").click()
    return secret


async def test_a_token_works_until_it_is_revoked_and_is_shown_once(site: Site):
    ada = await site.person()
    secret = await make_token(ada)
    assert secret.startswith("fmt_")
    await create(site, ada, "made by a program", secret)
    await ada.page.reload()
    row = ada.page.get_by_role("list", name="Tokens").get_by_role("listitem")
    await expect(row).to_contain_text("nightly import")
    await expect(row).to_contain_text("last used")
    assert secret not in await ada.page.content()

    await ada.page.get_by_role("button", name="Revoke nightly import").click()
    await ada.page.get_by_role("dialog").get_by_role("button", name="Revoke").click()
    await expect(ada.page.get_by_text("No tokens yet")).to_be_visible()
    refused = await ada.context.request.post(
        f"{site.origin}/graphql",
        headers={"Authorization": f"Bearer {secret}", "Content-Type": "application/json"},
        data=json.dumps({"query": "{ viewer { id } }"}),
    )
    assert "UNAUTHENTICATED" in await refused.text()


async def test_the_audit_tells_who_did_what_by_which_token_and_narrows(site: Site):
    ada = await site.person()
    secret = await make_token(ada)
    await create(site, ada, "Import customers", secret)
    await ada.page.goto(f"/w/{ada.slug}/audit")
    events = ada.page.get_by_role("list", name="Events").get_by_role("listitem")
    await expect(events.first).to_contain_text("created “Import customers”")
    await expect(events.first).to_contain_text("with the token “nightly import”")

    await ada.page.get_by_label("What").select_option("TOKEN_CREATED")
    await expect(events).to_have_count(1)
    await expect(events.first).to_contain_text("Ada Lovelace made a token")
    await expect(ada.page).to_have_url(re.compile("action=TOKEN_CREATED"))
    await ada.page.get_by_label("From").fill("2001-01-01")
    await ada.page.get_by_label("To, with that day").fill("2001-01-02")
    await expect(ada.page.get_by_text("Nothing happened that fits")).to_be_visible()
    await ada.page.get_by_role("button", name="Show all").click()
    await expect(events.first).to_contain_text("Import customers")


async def test_the_audit_is_saved_as_it_is_shown(site: Site, tmp_path: Path):
    ada = await site.person()
    await create(site, ada, "=cmd()", ada.access_token)
    await ada.page.goto(f"/w/{ada.slug}/audit?action=CREATED")
    async with ada.page.expect_download() as lines:
        await ada.page.get_by_role("button", name="Save as JSON Lines").click()
    async with ada.page.expect_download() as table:
        await ada.page.get_by_role("button", name="Save as CSV").click()
    await (await lines.value).save_as(tmp_path / "audit.jsonl")
    await (await table.value).save_as(tmp_path / "audit.csv")
    found = [json.loads(line) for line in (tmp_path / "audit.jsonl").read_text().splitlines()]
    assert [(event["action"], event["task"]["title"]) for event in found] == [("CREATED", "=cmd()")]
    head, row = (tmp_path / "audit.csv").read_text().splitlines()
    assert head.startswith("at,actor,via,action,task")
    assert ",CREATED,'=cmd()," in row
