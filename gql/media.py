"""Which of our media types an Accept header asks for (RFC 9110 section 12.5.1, GraphQL over HTTP section 6)."""

from __future__ import annotations

from enum import StrEnum
from functools import lru_cache


class Media(StrEnum):
    """What we can answer in."""

    GRAPHQL = "application/graphql-response+json"
    JSON = "application/json"
    EVENTS = "text/event-stream"

    @property
    def content_type(self) -> str:
        """The value of the header Content-Type."""
        return f"{self.value}; charset=utf-8"


_PREFERRED = {Media.GRAPHQL: 2, Media.JSON: 1, Media.EVENTS: 0}


@lru_cache(maxsize=256)
def negotiate(accept: str | None) -> Media | None:
    """The best type for a header; JSON where there is none, and None where none of ours will do.

    What is named beats what a wildcard covers; of several named alike the newest wins, of several covered JSON does,
    which a client that does not say what it wants will understand. Events are for who names them.
    """
    if accept is None or not accept.strip():
        return Media.JSON
    ranges = [_range(part) for part in accept.split(",")[:100]]
    best: tuple[float, int, int] = (0.0, 0, 0)
    chosen: Media | None = None
    for media in Media:
        quality, specificity = _quality(media, ranges)
        preferred = _PREFERRED[media] if specificity == 2 else media is Media.JSON
        if quality > 0 and (quality, specificity, preferred) > best:
            best, chosen = (quality, specificity, preferred), media
    return chosen


def _range(part: str) -> tuple[str, float]:
    name, *parameters = (piece.strip().lower() for piece in part.split(";"))
    for parameter in parameters:
        if parameter.startswith("q="):
            try:
                return name, min(max(float(parameter[2:]), 0.0), 1.0)
            except ValueError:
                return name, 0.0
    return name, 1.0


def _quality(media: Media, ranges: list[tuple[str, float]]) -> tuple[float, int]:
    """The quality by the most specific range that covers a type, and how specific that is: 2 for its name."""
    patterns = {media.value: 2, f"{media.value.split('/')[0]}/*": 1, "*/*": 0}
    if media is Media.EVENTS:
        patterns = {media.value: 2}
    found = [(patterns[name], quality) for name, quality in ranges if name in patterns]
    if not found:
        return 0.0, 0
    specificity, quality = max(found)
    return quality, specificity
