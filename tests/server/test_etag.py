"""Entity tags: what is tracked is confirmed by a probe alone, and only to the one for whom the answer was made."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import httpx2
import pytest
from fixtures.small import WORKSPACE, Context, client

from gql.reading import Pair, Reading
from server.etag import Etags, Seal

ITEMS = {"query": "query($n:Int!){items(first:$n){id}}", "variables": '{"n":2}'}
CLOCK = {"query": "{clock}"}


class World:
    """Answers probes: `changed` holds the workspaces in which something has changed since any revision."""

    def __init__(self) -> None:
        self.changed: set[UUID] = set()
        self.probed: list[list[Pair]] = []

    def probe(self, pairs: Sequence[Pair]) -> bool:
        self.probed.append(list(pairs))
        return any(workspace in self.changed for workspace, _ in pairs)


async def again(http: httpx2.AsyncClient, tag: str, params: dict[str, str], **headers: str) -> httpx2.Response:
    return await http.get("", params=params, headers={"If-None-Match": tag} | headers)


def serving(world: World, shared: dict[str, Any] | None = None) -> httpx2.AsyncClient:
    return client(shared, world.probe, conditional=Etags(b"secret"))


async def test_a_poll_that_finds_nothing_new_is_one_probe_and_no_execution() -> None:
    world, shared = World(), {"snapshot": "5:9:7"}
    async with serving(world, shared) as http:
        first = await http.get("", params=ITEMS)
        shared["snapshot"] = "a resolver that ran would note this one"
        second = await again(http, first.headers["etag"], ITEMS)
    assert first.json() == {"data": {"items": [{"id": "0"}, {"id": "1"}]}}
    assert first.headers["etag"].startswith('W/"s.')
    assert (second.status_code, second.content) == (304, b"")
    assert world.probed == [[(WORKSPACE, "5:9:7")]]
    for response in (first, second):
        assert response.headers["etag"] == first.headers["etag"]
        assert response.headers["cache-control"] == "private, no-cache"
        assert response.headers["vary"] == "Authorization, Cookie, Accept, Accept-Encoding"
    assert "content-type" not in second.headers


async def test_a_poll_after_a_change_gets_the_answer_and_a_new_tag() -> None:
    world, shared = World(), {"snapshot": "5:9:7"}
    async with serving(world, shared) as http:
        first = await http.get("", params=ITEMS)
        world.changed.add(WORKSPACE)
        shared["snapshot"] = "10:12:"
        second = await again(http, first.headers["etag"], ITEMS)
    assert (second.status_code, second.json()) == (200, first.json())
    assert second.headers["etag"] != first.headers["etag"]


@pytest.mark.parametrize(
    ("params", "headers"),
    [
        (ITEMS, {"X-Principal": "user:2"}),
        (ITEMS, {"X-Principal": ""}),
        (ITEMS, {"X-Rights": "ADMIN"}),
        (ITEMS, {"Accept": "application/graphql-response+json"}),
        (ITEMS | {"variables": '{"n":3}'}, {}),
        (ITEMS | {"query": "query($n:Int!){items(first:$n){id title}}"}, {}),
        (ITEMS | {"query": ITEMS["query"] + " query B{clock}", "operationName": "B"}, {}),
    ],
)
async def test_a_tag_opens_for_nobody_else_and_for_no_other_question(
    params: dict[str, str], headers: dict[str, str]
) -> None:
    world = World()
    async with serving(world) as http:
        first = await http.get("", params=ITEMS)
        assert (await again(http, first.headers["etag"], ITEMS)).status_code == 304
        other = await again(http, first.headers["etag"], params, **headers)
    assert other.status_code in (200, 400) and other.content
    # Who asks is known only by the round that also asks what has changed; the question is known before.
    same_question = params == ITEMS and "Accept" not in headers
    assert len(world.probed) == (2 if same_question else 1)


@pytest.mark.parametrize("change", ["s", "held", "signature", "garbage", "no padding", "star", "none", "empty"])
async def test_a_tag_that_is_not_ours_is_as_good_as_none(change: str) -> None:
    world = World()
    async with serving(world) as http:
        tag = (await http.get("", params=ITEMS)).headers["etag"]
        kind, held, signature = tag.removeprefix('W/"').removesuffix('"').split(".")
        forged = {
            "s": f'W/"x.{held}.{signature}"',
            "held": f'W/"s.{held[:-4]}AAAA.{signature}"',
            "signature": f'W/"{kind}.{held}.{signature[:-4]}AAAA"',
            "garbage": 'W/"s.!!!!.~~~~"',
            "no padding": 'W/"s.A.A"',
            "star": "*",
            "none": "W/nothing",
            "empty": '""',
        }[change]
        response = await again(http, forged, ITEMS)
    assert (response.status_code, world.probed) == (200, [])


async def test_any_of_several_tags_may_be_the_one() -> None:
    world = World()
    async with serving(world) as http:
        tag = (await http.get("", params=ITEMS)).headers["etag"]
        response = await again(http, f'"other", W/"s.x.y", {tag}', ITEMS)
    assert (response.status_code, response.headers["etag"]) == (304, tag)


async def test_what_is_untracked_is_executed_and_compared_by_its_body() -> None:
    world, shared = World(), {"clock": 1}
    async with serving(world, shared) as http:
        first = await http.get("", params=CLOCK)
        same = await again(http, first.headers["etag"], CLOCK)
        shared["clock"] = 2
        other = await again(http, first.headers["etag"], CLOCK)
    assert first.headers["etag"].startswith('W/"b.')
    assert (same.status_code, same.content, same.headers["etag"]) == (304, b"", first.headers["etag"])
    assert (other.status_code, other.json()) == (200, {"data": {"clock": 2}})
    assert world.probed == []


async def test_an_answer_for_which_nothing_was_noted_is_untracked() -> None:
    world = World()
    async with serving(world) as http:
        response = await http.get("", params={"query": "{hello}"})
    assert response.headers["etag"].startswith('W/"b.')


async def test_an_answer_with_errors_gets_no_tag() -> None:
    async with serving(World()) as http:
        response = await http.get("", params={"query": "{items{id} secret}"})
    assert "etag" not in response.headers
    assert response.headers["cache-control"] == "no-store"


async def test_a_post_is_never_conditional() -> None:
    world = World()
    async with serving(world) as http:
        tag = (await http.get("", params=ITEMS)).headers["etag"]
        body = {"query": ITEMS["query"], "variables": {"n": 2}}
        response = await http.post("", json=body, headers={"If-None-Match": tag})
    assert (response.status_code, world.probed) == (200, [])
    assert "etag" not in response.headers


async def test_head_is_answered_by_the_probe_too() -> None:
    world = World()
    async with serving(world) as http:
        tag = (await http.head("", params=ITEMS)).headers["etag"]
        response = await http.head("", params=ITEMS, headers={"If-None-Match": tag})
    assert (response.status_code, len(world.probed)) == (304, 1)


def test_a_tag_that_is_shown_again_is_known_and_still_only_for_the_one_for_whom_it_was_made() -> None:
    etags, viewer = Etags(b"secret"), Context()
    viewer.reading.workspace(WORKSPACE, "1:1:")
    tag = etags.tag(viewer, viewer.reading, b"q", b"")
    (first,) = etags.opened(tag, b"q")
    (second,) = etags.opened(tag, b"q")
    assert first is second and first.tag == tag
    assert etags.opened(tag, b"another question") == ()
    assert etags.confirms(first, viewer)
    assert not etags.confirms(first, Context(principal_key="user:2"))
    assert not etags.confirms(first, Context(principal_key=None))
    assert not etags.confirms(first, Context(rights="ADMIN"))


def test_a_state_too_long_for_a_header_is_not_sealed() -> None:
    viewer, seal = Context(), Seal(b"secret")
    assert seal.close([(WORKSPACE, "1:1:")], viewer, b"q") is not None
    assert seal.close([(WORKSPACE, "1:900:" + ",".join(map(str, range(900))))], viewer, b"q") is None


def test_the_first_snapshot_of_a_workspace_is_the_one_that_counts() -> None:
    reading = Reading()
    assert not reading.tracked
    reading.workspace(WORKSPACE, "1:1:")
    reading.workspace(WORKSPACE, "2:2:")
    assert (reading.workspaces, reading.tracked) == ({WORKSPACE: "1:1:"}, True)
    reading.untracked()
    assert not reading.tracked


def test_another_secret_opens_nothing() -> None:
    tag = Seal(b"secret").close([(WORKSPACE, "1:1:")], Context(), b"q") or ""
    opened = Seal(b"secret").open(tag, b"q")
    assert opened is not None and opened.pairs == ((WORKSPACE, "1:1:"),)
    assert Seal(b"other").open(tag, b"q") is None
