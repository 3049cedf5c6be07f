"""From where a request came. By itself, as the command line needs it and nothing of the database."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Client:
    """From where a request came, before it is known who sent it; goes into the history."""

    address: str | None = None
    user_agent: str | None = None
    request_id: str | None = None
