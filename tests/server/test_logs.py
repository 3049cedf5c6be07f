"""The log: one line an event, each with the request's id, none with a secret."""

import io
import json
import logging
import sys
import warnings
from collections.abc import Generator
from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
import structlog

from server.logs import configure
from server.settings import LogFormat, LogLevel


@pytest.fixture
def lines() -> Generator[io.StringIO]:
    root = logging.getLogger()
    before = root.handlers[:], root.level
    out = io.StringIO()
    configure(LogFormat.JSON, LogLevel.INFO, out)
    yield out
    root.handlers[:], root.level = before
    structlog.reset_defaults()
    structlog.contextvars.clear_contextvars()


def read(lines: io.StringIO) -> list[dict[str, object]]:
    return [json.loads(line) for line in lines.getvalue().splitlines()]


def test_every_line_carries_what_is_bound(lines: io.StringIO) -> None:
    structlog.contextvars.bind_contextvars(request_id="r1")
    structlog.get_logger("here").info("done", task="t")
    logging.getLogger("a.library").warning("of %s", "theirs")
    ours, theirs = read(lines)
    assert (ours["event"], ours["request_id"], ours["task"], ours["level"]) == ("done", "r1", "t", "info")
    assert (theirs["event"], theirs["request_id"], theirs["logger"]) == ("of theirs", "r1", "a.library")


def test_a_level_below_the_chosen_one_is_silent(lines: io.StringIO) -> None:
    structlog.stdlib.get_logger("here").debug("whisper")
    assert lines.getvalue() == ""


@pytest.mark.parametrize(
    "fields",
    [
        {"password": "hunter22"},
        {"refreshToken": "hunter22"},
        {"headers": {"Authorization": "hunter22", "Cookie": "hunter22"}},
        {"tried": [{"client_secret": "hunter22"}]},
        {"url": "postgresql://me:hunter22@host/db"},
        {"said": "sent Bearer hunter22hunter22"},
        {"said": "used fmt_hunter22hunter22"},
        {"said": "signed as eyJhunter22hunter22"},
        {"said": "Bearer hunter22hunter22 at postgresql://me:hunter22@host/db"},
    ],
)
def test_a_secret_never_reaches_the_log(lines: io.StringIO, fields: dict[str, object]) -> None:
    structlog.get_logger("here").info("signed in", **fields)
    assert "hunter22" not in lines.getvalue()
    assert "[redacted]" in lines.getvalue()


HOSTILE = ("a\nb", "\x1b[2J", "\x9b31m", "\r", "a\u2028b", "\u202eb", "\x7f", "\x00", "\U000e0001")


@pytest.mark.parametrize("format_", LogFormat)
@pytest.mark.parametrize("hostile", HOSTILE, ids=ascii)
def test_nothing_that_was_sent_begins_a_line_or_moves_a_terminal(hostile: str, format_: LogFormat) -> None:
    root = logging.getLogger()
    before, out = (root.handlers[:], root.level), io.StringIO()
    configure(format_, LogLevel.INFO, out)
    try:
        structlog.get_logger("here").info("request", path=hostile, nested={"a": [hostile]})
        logging.getLogger("a.library").warning("of %s", hostile)
    finally:
        root.handlers[:], root.level = before
        structlog.reset_defaults()
    written = out.getvalue()
    assert written.count("\n") == 2 and written.replace("\n", "").isprintable()


def test_what_was_sent_is_still_there_to_be_read(lines: io.StringIO) -> None:
    structlog.get_logger("here").info("request", path="".join(HOSTILE), name="é🎼")
    (line,) = read(lines)
    assert (line["path"], line["name"]) == ("".join(HOSTILE), "é🎼")
    assert "é🎼" in lines.getvalue()


def test_a_line_says_when_in_utc(lines: io.StringIO) -> None:
    before = datetime.now(UTC)
    structlog.get_logger("here").info("done")
    (line,) = read(lines)
    assert str(line["timestamp"]).endswith("Z")
    assert before <= datetime.fromisoformat(str(line["timestamp"])) <= datetime.now(UTC)


def test_an_exception_is_logged_without_the_variables_of_its_frames(lines: io.StringIO) -> None:
    hidden = "postgresql://me:hunter22@host/db"
    try:
        raise ConnectionError(f"cannot reach {hidden}")
    except ConnectionError:
        structlog.get_logger("here").exception("failed")
    (line,) = read(lines)
    assert "ConnectionError: cannot reach postgresql://me:[redacted]@host/db" in str(line["exception"])
    assert "hunter22" not in lines.getvalue()


def test_a_warning_that_python_could_not_make_is_not_said_and_what_else_cannot_be_raised_is(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    said: list[SimpleNamespace] = []
    monkeypatch.setattr(sys, "unraisablehook", said.append)
    configure(LogFormat.JSON, LogLevel.INFO, io.StringIO())

    async def never() -> None: ...

    coroutine = never()
    for error, thing in ((KeyError("__import__"), coroutine), (KeyError("x"), coroutine), (KeyError("__import__"), 1)):
        sys.unraisablehook(SimpleNamespace(exc_value=error, object=thing))  # type: ignore[arg-type]  # Python's own cannot be made
    coroutine.close()
    assert [(told.exc_value.args, told.object) for told in said] == [(("x",), coroutine), (("__import__",), 1)]


@pytest.mark.usefixtures("lines")
def test_a_field_that_was_cancelled_before_it_began_is_not_complained_of_and_any_other_is():
    configure(LogFormat.JSON, LogLevel.INFO, io.StringIO())
    unheard = "coroutine '{}' was never awaited"
    for name in (
        "GraphQLCoreConverter.from_resolver.<locals>._async_resolver",
        "Executor.complete_awaitable_value",
        "PlannedExecutor._awaited",
    ):
        warnings.warn(unheard.format(name), RuntimeWarning, stacklevel=1)
    with pytest.raises(RuntimeWarning, match="ours"):
        warnings.warn(unheard.format("ours"), RuntimeWarning, stacklevel=1)
