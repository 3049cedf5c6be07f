"""Pages that others were given go out before the endpoint is asked: as it would send them, and only to whom it would."""

import httpx2
import pytest
from fixtures.watching import ENDS, MAKE, TOKEN, Watching


async def second(watching: Watching) -> tuple[str, str]:
    """Two API tokens with the same rights."""
    made = [await watching.api.ask(TOKEN, w=watching.workspace["id"]) for _ in range(2)]
    return made[0]["createApiToken"]["secret"], made[1]["createApiToken"]["secret"]


def told(answer: httpx2.Response) -> tuple[int, bytes, list[tuple[str, str]]]:
    """All of an answer that does not differ from request to request."""
    headers = [one for one in answer.headers.multi_items() if one[0] not in ("x-request-id", "date")]
    return answer.status_code, answer.content, headers


@pytest.mark.parametrize("accept", ["application/json", "application/graphql-response+json"])
async def test_a_page_that_others_were_given_goes_out_as_the_endpoint_sends_it(accept: str, watching: Watching) -> None:
    one, other = await second(watching)
    made = await watching.poll(one, Accept=accept)
    by_endpoint = await watching.poll(other, Accept=accept)
    watching.through.clear()
    from_here = await watching.poll(other, **{"Accept": accept, "X-Request-Id": "mine"})
    assert watching.through == []
    assert told(from_here) == told(by_endpoint)
    assert (from_here.content, from_here.headers["x-request-id"]) == (made.content, "mine")
    head = await watching.poll(other, "HEAD", Accept=accept)
    assert watching.through == []
    assert told(head) == (200, b"", told(from_here)[2])
    figures = (await watching.api.http.get("/metrics")).text
    assert 'fermata_requests_total{operation="query.workspace",outcome="ok"} 4.0' in figures


async def test_a_change_is_made_into_an_answer_once_and_the_others_get_it_here(watching: Watching) -> None:
    one, other = await second(watching)
    tags = {who: (await watching.poll(who)).headers["etag"] for who in (one, other)}
    await watching.api.ask(MAKE, w=watching.workspace["id"])
    watching.through.clear()
    first = await watching.poll(one, **{"If-None-Match": tags[one]})
    assert (first.status_code, watching.through) == (200, ["GET"])
    then = await watching.poll(other, **{"If-None-Match": tags[other]})
    assert (then.status_code, then.content, watching.through) == (200, first.content, ["GET"])
    assert then.headers["etag"] not in (first.headers["etag"], *tags.values())
    for who, tag in ((one, first.headers["etag"]), (other, then.headers["etag"])):
        assert (await watching.poll(who, **{"If-None-Match": tag})).status_code == 304
    assert watching.through == ["GET"]
    again = await watching.poll(other, **{"If-None-Match": tags[other]})  # another program with the same credential
    assert told(again) == told(then)


@pytest.mark.parametrize(("end", "status"), ENDS.items())
async def test_what_ends_or_limits_a_session_holds_for_pages_of_others(
    end: str, status: int, watching: Watching
) -> None:
    await watching.poll()
    assert (await watching.poll()).status_code == 200
    watching.through.clear()
    assert (await watching.poll()).status_code == 200
    assert watching.through == []
    await watching.say(end)
    answer = await watching.poll()
    assert (answer.status_code, watching.through) == (status, ["GET"])
    if "role" in end:
        assert answer.json()["data"]["workspace"]["viewerRole"] == "VIEWER"
    if "delete" in end:
        assert answer.json()["data"]["workspace"] is None


async def test_a_tag_that_was_sealed_for_another_is_not_confirmed(watching: Watching) -> None:
    one, other = await second(watching)
    await watching.begin(one)
    theirs = watching.tag
    await watching.begin(other)
    assert theirs != watching.tag
    answer = await watching.poll(other, **{"If-None-Match": theirs})
    assert (answer.status_code, watching.through) == (200, ["GET"])
    assert answer.headers["etag"] == watching.tag
