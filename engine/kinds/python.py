"""Work that is a Python function, named by its entry point: an async one runs in this process, another one in a child."""

import importlib
import inspect
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from engine.kinds.child import InChild
from engine.kinds.context import Context
from engine.kinds.errors import KindsError


@dataclass(frozen=True, slots=True)
class InProcess:
    """An `async def function(ctx)`; what it returns is the result."""

    function: Callable[[Context], Awaitable[Any]]

    async def run(self, ctx: Context) -> Any:
        """Call the function."""
        return await self.function(ctx)


def load(name: str) -> InProcess | InChild:
    """The work named `package.module:function`. Raises KindsError when there is no such function."""
    module, colon, function = name.partition(":")
    if not (colon and module and function):
        raise KindsError(f'"{name}" does not name a function; write "package.module:function"')
    try:
        found = getattr(importlib.import_module(module), function, None)
    except Exception as error:  # whatever the module does when it is imported
        raise KindsError(f'"{name}": the module cannot be imported: {type(error).__name__}: {error}') from error
    if not callable(found):
        raise KindsError(f'"{name}": the module has no function "{function}"')
    return InProcess(found) if inspect.iscoroutinefunction(found) else InChild(name)
