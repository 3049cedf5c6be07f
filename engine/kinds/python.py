"""Work that is a Python function: an async one runs in this process."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from engine.kinds.context import Context


@dataclass(frozen=True, slots=True)
class InProcess:
    """An `async def function(ctx)`; what it returns is the result."""

    function: Callable[[Context], Awaitable[Any]]

    async def run(self, ctx: Context) -> Any:
        """Call the function."""
        return await self.function(ctx)
