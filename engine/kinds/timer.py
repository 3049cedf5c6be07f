"""The timer: a task that is done when its time is over. The engine's clock runs it, no worker does."""

from engine.kinds.kind import Kind
from models.kind import Pausability
from models.lifecycle import TIMER_KIND

TIMER = Kind(
    name=TIMER_KIND,
    label="Timer",
    description="Runs for a given time and is then done. A pause keeps the time already spent.",
    pausability=Pausability.PORTABLE,
    input_schema={"type": "object", "additionalProperties": False},
)
