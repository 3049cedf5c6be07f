"""A request that carries a cookie and nothing else is served only when no foreign page can have sent it."""

from typing import Any

import pytest
from fixtures.small import client

FOREIGN = {"Origin": "https://evil.example"}
OURS = {"Origin": "http://fermata"}
SESSION = {"Cookie": "theme=dark; refresh=abc"}
MUTATION = {"query": 'mutation{add(title:"x"){id}}'}


@pytest.mark.parametrize(
    ("headers", "allowed"),
    [
        ({}, True),  # a program: no form can send JSON
        (OURS, True),
        ({"Origin": "https://fermata.example"}, True),
        (FOREIGN, False),
        ({"Origin": "null"}, False),
        ({"Origin": ""}, False),
        ({"Origin": "http://["}, False),
        ({"Origin": "http://fermata@evil.example"}, False),
        ({"Sec-Fetch-Site": "same-origin"}, True),
        ({"Sec-Fetch-Site": "same-site"}, False),
        ({"Sec-Fetch-Site": "cross-site"}, False),
        ({"Sec-Fetch-Site": "none"}, False),
        (FOREIGN | {"Authorization": "Bearer x"}, True),
    ],
)
async def test_a_post_with_a_cookie_must_come_from_our_own_page(headers: dict[str, str], *, allowed: bool) -> None:
    world: dict[str, Any] = {}
    async with client(world, credential_cookies=["refresh"], origin="https://fermata.example") as http:
        response = await http.post("", json=MUTATION, headers=SESSION | headers)
    assert response.status_code == (200 if allowed else 403)
    assert world.get("added", 0) == (1 if allowed else 0)


@pytest.mark.parametrize(
    ("headers", "allowed"),
    [
        ({}, False),
        ({"Content-Type": "application/json"}, True),
        (OURS, True),
        (FOREIGN, False),
        ({"Sec-Fetch-Site": "none"}, True),  # typed into the address bar
        ({"Sec-Fetch-Site": "cross-site"} | OURS, False),
    ],
)
async def test_a_get_with_a_cookie_must_come_from_our_own_page(headers: dict[str, str], *, allowed: bool) -> None:
    async with client(credential_cookies=["refresh"]) as http:
        response = await http.get("", params={"query": "{hello}"}, headers=SESSION | headers)
    assert response.status_code == (200 if allowed else 403)
    assert "Authorization: Bearer" in response.text or allowed


async def test_a_cookie_that_is_no_credential_does_not_matter() -> None:
    async with client(credential_cookies=["refresh"]) as http:
        response = await http.post("", json=MUTATION, headers={"Cookie": "theme=dark"} | FOREIGN)
    assert response.status_code == 200


async def test_a_form_of_a_foreign_page_is_refused_before_it_is_read() -> None:
    async with client(credential_cookies=["refresh"]) as http:
        response = await http.post("", data={"query": "{hello}"}, headers=SESSION)
    assert response.status_code == 403
