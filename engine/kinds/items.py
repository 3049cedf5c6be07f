"""A kind that is ready to try: goes through a list of items, one after the other, with a checkpoint after each."""

import asyncio

from engine.kinds.context import Context
from engine.kinds.kind import Kind, Limits
from engine.kinds.python import InProcess
from models.kind import Pausability
from models.role import Role


async def process(ctx: Context) -> str:
    """Take `eachMs` of time for every item of `items`, and say so in the log."""
    items: list[str] = ctx.input["items"]
    pause = ctx.input.get("eachMs", 200) / 1000
    async for item in ctx.iterate(items):
        await asyncio.sleep(pause)
        ctx.log(f"processed {item}")
    return f"{len(items)} items processed"


ITEMS = Kind(
    name="items",
    label="List of items",
    description="Processes a list of items one by one. A pause keeps what is done, and any worker goes on with the next item.",
    pausability=Pausability.PORTABLE,
    input_schema={
        "type": "object",
        "properties": {
            "items": {
                "type": "array",
                "title": "Items",
                "description": "What to process, in this order",
                "items": {"type": "string", "minLength": 1, "maxLength": 200},
                "minItems": 1,
                "maxItems": 10_000,
            },
            "eachMs": {
                "type": "integer",
                "title": "Time for each, in milliseconds",
                "default": 200,
                "minimum": 0,
                "maximum": 60_000,
            },
        },
        "required": ["items"],
        "additionalProperties": False,
    },
    minimum_role=Role.EDITOR,
    limits=Limits(parallel=8),
    work=InProcess(process),
)
