"""A Python function in a process of its own, as that process sees it. Run by its path, with the standard library alone.

Arguments: the descriptor of a socket, on which JSON lines go to and fro, and `package.module:function`. Prints of the
function go to the log by way of stdout and stderr. engine/kinds/child.py is the other end.
"""

import importlib
import inspect
import json
import socket
import sys
import threading
import time
import traceback
from collections.abc import Iterable, Iterator, Sized
from typing import Any, TypeVar

T = TypeVar("T")
TELL_SECONDS = 0.1  # cursor and progress are told at most so often


class PutDown(BaseException):
    """The work was asked to stop and has stopped. A BaseException: `except Exception` lets it pass."""


class Line:
    """The socket to the worker: messages go out whole, and those that come in are handled by a thread."""

    def __init__(self, descriptor: int) -> None:
        self._socket = socket.socket(fileno=descriptor)
        self._incoming = self._socket.makefile("r", encoding="utf-8")
        self._writing = threading.Lock()
        self.stopping = threading.Event()
        self.saved = threading.Semaphore(0)

    def read(self) -> dict[str, Any]:
        """The next message."""
        return json.loads(self._incoming.readline())

    def tell(self, kind: str, **fields: Any) -> None:
        """Send a message."""
        with self._writing:
            self._socket.sendall((json.dumps({"is": kind, **fields}) + "\n").encode())

    def listen(self) -> None:
        """Handle what the worker says until it is gone."""
        for text in self._incoming:
            match json.loads(text)["is"]:
                case "stop":
                    self.stopping.set()
                case "go":
                    self.stopping.clear()
                case "saved":
                    self.saved.release()
                case _:
                    pass


class Context:
    """What `ctx` is in a function that is not async: as engine.kinds.Context, without the waiting."""

    def __init__(self, line: Line, start: dict[str, Any]) -> None:
        self._line = line
        self.input: Any = start["input"]
        self.state: Any = start["state"]
        self._cursors: dict[str, int] = start["cursors"]
        self._key: str = start["key"]
        self._loops = 0
        self._iterating = False
        self._told = 0.0

    def key(self, step: object = "") -> str:
        """An idempotency key for a step: the same when the step is done again after a crash."""
        return f"{self._key}:{step}" if step != "" else self._key

    def progress(self, fraction: float | None, note: str | None = None) -> None:
        """How far it is: 0 to 1, and a few words."""
        self._line.tell("progress", fraction=fraction, note=note)

    def log(self, text: str, stream: str = "log") -> None:
        """One line, or several, for the task's log."""
        self._line.tell("log", text=text, stream=stream)

    def checkpoint(self, state: Any) -> None:
        """Keep `state` (JSON) for good; the function ends here when the work is asked to stop."""
        self.state = state
        self._line.tell("checkpoint", cursors=self._cursors, state=state)
        self._line.saved.acquire()
        if not self._iterating:
            self.stop_if_asked()

    def remember(self, state: Any) -> None:
        """Keep `state` (JSON) with the next cursor that is written."""
        self.state = state

    def iterate(self, items: Iterable[T]) -> Iterator[T]:
        """The items that are not done yet. An item counts as done when the next one is asked for."""
        if self._iterating:
            raise RuntimeError("a loop of ctx.iterate inside another one has no cursor of its own")
        loop, total = str(self._loops), len(items) if isinstance(items, Sized) else None
        self._loops += 1
        start = self._cursors.get(loop, 0)
        self._iterating = True
        try:
            for index, item in enumerate(items):
                if index < start:
                    continue
                self.stop_if_asked()
                yield item
                self._cursors[loop] = index + 1
                self._passed(index + 1, total)
        finally:
            self._iterating = False
        self.stop_if_asked()

    def stop_if_asked(self) -> None:
        """Ends the function here when the work is asked to stop."""
        if self._line.stopping.is_set():
            raise PutDown

    def put_down(self) -> dict[str, Any]:
        """What there is to keep."""
        return {"cursors": self._cursors, "state": self.state}

    def _passed(self, cursor: int, total: int | None) -> None:
        now = time.monotonic()
        if now - self._told >= TELL_SECONDS or cursor == total:
            self._told = now
            self._line.tell("passed", **self.put_down(), cursor=cursor, total=total)


def perform(name: str, line: Line) -> None:
    """Call the function, and tell how it ended."""
    context = Context(line, line.read())
    threading.Thread(target=line.listen, daemon=True).start()
    try:
        module, _, function = name.partition(":")
        result = getattr(importlib.import_module(module), function)(context)
        if inspect.isawaitable(result):
            raise TypeError(f"{name} is async and cannot run in a process of its own")
        line.tell("done", result=result, **context.put_down())
    except PutDown:
        line.tell("stopped", **context.put_down())
    except Exception as error:
        traceback.print_exc()
        told = str(error) or type(error).__name__
        message = told if type(error).__name__ == "WorkError" else f"{type(error).__name__}: {error}"
        line.tell("failed", message=message, final=bool(getattr(error, "final", False)), **context.put_down())


if __name__ == "__main__":
    perform(sys.argv[2], Line(int(sys.argv[1])))
