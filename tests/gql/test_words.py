"""Ids, moments, reasons and cookies: what is pure."""

from datetime import UTC, datetime, timedelta, timezone
from uuid import UUID

import pytest
from graphql import GraphQLError
from hypothesis import given, settings
from hypothesis import strategies as st
from starlette.datastructures import Headers
from starlette.responses import Response

from auth.policy import Right, reach, scope
from gql import cookies
from gql.ids import NodeType, decode, encode
from gql.scalars import read_moment, write_moment
from gql.types.permission import permissions, role_reason, status_reason
from models.authority import Scope
from models.lifecycle import ARROWS, Action, Nature, Status, possible
from models.role import Role


@settings(deadline=None)
@given(st.sampled_from(NodeType), st.uuids())
def test_an_id_names_what_it_was_made_of(kind: NodeType, key: UUID) -> None:
    assert decode(encode(kind, key)) == (kind, key)


@settings(deadline=None)
@given(st.text() | st.binary().map(lambda raw: raw.decode("latin-1")))
def test_anything_else_is_no_id(text: str) -> None:
    found = decode(text)
    assert found is None or encode(*found) == text


def test_an_id_that_is_written_in_another_way_is_no_id() -> None:
    good = encode(NodeType.TASK, UUID(int=1))
    assert decode(good.rstrip("=")) is None or good == good.rstrip("=")
    assert decode(good + "=") is None
    assert decode(good + "\n") is None
    assert decode("VGFzazp4" * 20) is None


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2025-01-31T17:05:00Z", datetime(2025, 1, 31, 17, 5, tzinfo=UTC)),
        ("2025-01-31T17:05:00.1234567+02:00", datetime(2025, 1, 31, 15, 5, 0, 123456, tzinfo=UTC)),
        ("2025-01-31T17:05:00.5-00:30", datetime(2025, 1, 31, 17, 35, 0, 500000, tzinfo=UTC)),
    ],
)
def test_a_moment_is_read_with_its_zone(text: str, moment: datetime) -> None:
    assert read_moment(text) == moment


@pytest.mark.parametrize(
    "value",
    ["2025-01-31", "2025-01-31T17:05:00", "2025-02-30T00:00:00Z", "now", "", 5, None, "0001-01-01T00:00:00+01:00"],
)
def test_what_is_no_moment_is_refused(value: object) -> None:
    with pytest.raises(GraphQLError):
        read_moment(value)


def test_a_moment_is_written_in_utc_with_milliseconds() -> None:
    moment = datetime(2025, 1, 31, 17, 5, 0, 123999, tzinfo=timezone(timedelta(hours=2)))
    assert write_moment(moment) == "2025-01-31T15:05:00.123Z"


# A timer needs no worker: it is never where only work can be.
STATES = [
    (status, nature)
    for status in Status
    for nature in Nature
    if nature is Nature.WORK or any(status in (one.start, one.end) for one in ARROWS if nature in one.natures)
]


@pytest.mark.parametrize(("status", "nature"), STATES)
@pytest.mark.parametrize("role", list(Role))
def test_each_action_is_allowed_or_has_a_reason_that_ends_like_a_sentence(
    status: Status, nature: Nature, role: Role
) -> None:
    allowed, can = permissions(status, nature, role)
    may = scope(role, Right.OPERATE) is Scope.ALL
    assert allowed == (list(possible(status, nature)) if may else [])
    assert [one.action for one in can] == list(Action)
    for one in can:
        assert one.allowed == (one.action in allowed) == (one.reason is None)
        assert one.reason is None or one.reason.endswith(".")


@pytest.mark.parametrize(("status", "nature"), STATES)
def test_every_status_that_leads_nowhere_has_words_of_its_own(status: Status, nature: Nature) -> None:
    for action in set(Action) - set(possible(status, nature)):
        assert "it cannot do this now" not in status_reason(action, status), action


@pytest.mark.parametrize(("secure", "name"), [(True, "__Host-fermata"), (False, "fermata")])
def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(secure: bool, name: str) -> None:
    response = Response()
    cookies.write(response, "secret", secure=secure)
    header = response.headers["set-cookie"]
    parts = {part.strip().lower() for part in header.split(";")[1:]}
    assert header.startswith(f"{name}=secret;")
    assert {"httponly", "path=/", "samesite=strict", "max-age=2592000"} <= parts
    assert ("secure" in parts) is secure
    assert not any(part.startswith("domain") for part in parts)
    assert cookies.refresh_token({name: "secret"}, secure=secure) == "secret"
    assert cookies.refresh_token({"other": "secret"}, secure=secure) is None


@pytest.mark.parametrize(
    ("sent", "found"),
    [
        ((), {}),
        (("fermata=a.b-c_d",), {"fermata": "a.b-c_d"}),
        (("a=1; fermata=x=y ;b",), {"a": "1", "fermata": "x=y", "b": ""}),
        (("fermata=1", "fermata=2"), {"fermata": "2"}),
        (('fermata="' + "\\" * 9 + '"',), {"fermata": '"' + "\\" * 9 + '"'}),
    ],
)
def test_cookies_are_read_as_they_were_sent(sent: tuple[str, ...], found: dict[str, str]) -> None:
    headers = Headers(raw=[(b"cookie", line.encode()) for line in sent])
    assert cookies.given(headers) == found


def test_the_cookie_is_taken_away_under_the_same_name() -> None:
    response = Response()
    cookies.write(response, None, secure=True)
    header = response.headers["set-cookie"].lower()
    assert header.startswith('__host-fermata="";') or header.startswith("__host-fermata=;")
    assert "max-age=0" in header


@pytest.mark.parametrize(
    ("asked", "role", "said"),
    [
        (Action.RUN, Role.VIEWER, "You are a VIEWER here; running a task needs OPERATOR."),
        (Right.CREATE, Role.OPERATOR, "You are an OPERATOR here; creating tasks needs EDITOR."),
        (
            Right.DELETE,
            Role.OPERATOR,
            "You are an OPERATOR here; deleting needs EDITOR for one's own tasks, ADMIN for all.",
        ),
        (Right.EDIT, Role.VIEWER, "You are a VIEWER here; editing needs EDITOR for one's own tasks, ADMIN for all."),
        (Right.DELETE, Role.EDITOR, "Someone else made this task; deleting it needs ADMIN."),
        (Right.EDIT, Role.EDITOR, "Someone else made this task; editing it needs ADMIN."),
    ],
)
def test_a_role_that_is_too_low_is_told_the_whole_rule(asked: Action | Right, role: Role, said: str) -> None:
    right = asked if isinstance(asked, Right) else Right.OPERATE
    assert role_reason(asked, role, reach(right).least) == said


def test_a_kind_that_is_for_a_higher_role_is_not_told_to_be_every_task() -> None:
    said = "You are an EDITOR here; creating a task of this kind needs ADMIN."
    assert role_reason(Right.CREATE, Role.EDITOR, Role.ADMIN) == said
