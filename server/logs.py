"""How this process logs: one line an event, for people or for machines, and never a secret.

Everything goes to the standard error, also what libraries log through the standard library. What is bound with
`structlog.contextvars` (the request's id) is in each line.
"""

import json
import logging
import re
import sys
import warnings
from collections.abc import Callable, Mapping
from functools import lru_cache
from types import CoroutineType
from typing import TextIO, cast

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

from server.settings import LogFormat, LogLevel

REDACTED = "[redacted]"
_SECRET_KEY = re.compile(r"passw|secret|token|authori[sz]ation|cookie|credential|api_?key|signature", re.IGNORECASE)
_ADDRESS_PASSWORD = re.compile(r"(\w://[^\s:/@]*):[^\s/@]+@")
_BEARER = re.compile(r"\b(Bearer\s+|fmt_|eyJ)[\w.~+/=-]{8,}")
# graphql-core cancels what stands beside a field that failed; what had not begun by then Python calls "never awaited".
_CANCELLED = r"coroutine '(GraphQLCoreConverter\S+_async_resolver|(Planned)?Executor\.\S+)' was never awaited"
_QUIET = {"uvicorn.access": logging.CRITICAL, "uvicorn.error": logging.WARNING, "alembic": logging.WARNING}


def configure(format_: LogFormat | None, level: LogLevel, stream: TextIO | None = None) -> None:
    """Sets up structlog and the standard library's logging, for the whole process."""
    out = stream or sys.stderr
    console = format_ is LogFormat.CONSOLE or (format_ is None and out.isatty())
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
        redact,
    ]
    handler = logging.StreamHandler(out)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[structlog.stdlib.add_logger_name, *shared],
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, _renderer(console, out)],
        )
    )
    warnings.filterwarnings("ignore", _CANCELLED, RuntimeWarning)
    if not isinstance(sys.unraisablehook, _Unraisable):
        sys.unraisablehook = _Unraisable(sys.unraisablehook)
    # What no line of ours shows is not looked up for each (Logging HOWTO, "Optimization").
    logging.logThreads = logging.logProcesses = logging.logMultiprocessing = False
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level.upper())
    for name, at_least in _QUIET.items():
        logging.getLogger(name).setLevel(max(at_least, root.level))
        logging.getLogger(name).propagate = True
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            structlog.stdlib.PositionalArgumentsFormatter(),
            *shared,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        wrapper_class=structlog.stdlib.BoundLogger,
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=False,
    )


class _Unraisable:
    """What cannot be raised is said, but for a warning of above that Python could not even make.

    It looks for `warnings` with the built-ins of whatever code runs when the coroutine is thrown away; within a named tuple's
    `__new__`, which has none, it fails with this KeyError.
    """

    def __init__(self, otherwise: Callable[["sys.UnraisableHookArgs"], object]) -> None:
        self._otherwise = otherwise

    def __call__(self, told: "sys.UnraisableHookArgs") -> None:
        unmade = isinstance(told.exc_value, KeyError) and told.exc_value.args == ("__import__",)
        if not (unmade and isinstance(told.object, CoroutineType)):
            self._otherwise(told)


def _renderer(console: bool, out: TextIO) -> Processor:
    if console:
        written = structlog.dev.ConsoleRenderer(colors=out.isatty(), exception_formatter=structlog.dev.plain_traceback)
        return lambda logger, method, event: written(logger, method, _for_a_terminal(event))
    as_json = structlog.processors.JSONRenderer(ensure_ascii=False)
    return lambda logger, method, event: plain(str(as_json(logger, method, event)))


def plain(text: str) -> str:
    """The text with escapes, as JSON writes them, for whatever would end a line or move a terminal's cursor."""
    if text.isprintable():
        return text
    return "".join(character if character.isprintable() else json.dumps(character)[1:-1] for character in text)


def _for_a_terminal(event: EventDict) -> EventDict:
    """What was said, and each value, on one line; traces on theirs."""
    for name, value in event.items():
        if isinstance(value, str):
            lines = value.split("\n") if name in ("exception", "stack") else [value]
            event[name] = "\n".join(map(plain, lines))
    return event


def redact(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Keys that name a secret lose their value, and texts the passwords of addresses and bearer tokens."""
    return cast("EventDict", {key: _clean(key, value) for key, value in event.items()})


@lru_cache(maxsize=1000)
def _is_secret(key: str) -> bool:
    return _SECRET_KEY.search(key) is not None


def _clean(key: str, value: object) -> object:
    if _is_secret(key) and not isinstance(value, bool | int | float | None):
        return REDACTED
    if isinstance(value, str):
        if "://" in value:
            value = _ADDRESS_PASSWORD.sub(rf"\1:{REDACTED}@", value)
        # Without one of these the pattern, which costs ten times the look, finds nothing.
        if "Bearer" in value or "fmt_" in value or "eyJ" in value:
            return _BEARER.sub(rf"\1{REDACTED}", value)
        return value
    if isinstance(value, Mapping):
        return {str(name): _clean(str(name), inner) for name, inner in cast("Mapping[object, object]", value).items()}
    if isinstance(value, list | tuple):
        return [_clean("", inner) for inner in cast("list[object]", value)]
    return value
