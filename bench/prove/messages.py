"""Where the messages of PostgreSQL's protocol end in a stream of bytes (its documentation, "Message Formats"). Pure."""

from collections.abc import Iterator

SSL_REQUEST = 80877103
HEAD = 4  # bytes of a length, which counts itself


class Messages:
    """One direction of one connection. The driver's begins with requests that have no type, PostgreSQL's with a letter for TLS."""

    def __init__(self, *, of_driver: bool) -> None:
        self._of_driver = of_driver
        self._typed = False
        self._rest = b""

    def ends(self, data: bytes) -> Iterator[int]:
        """The places in these next bytes at which messages end."""
        before = len(self._rest)
        self._rest += data
        place = 0
        while (size := self._size(place)) and place + size <= len(self._rest):
            self._settle(place)
            place += size
            yield place - before
        self._rest = self._rest[place:]

    def _size(self, place: int) -> int:
        """Of the message that begins there; 0 where too little is known of it."""
        if not self._typed and not self._of_driver:
            return min(1, len(self._rest) - place)
        head = place + self._typed
        length = self._rest[head : head + HEAD]
        return self._typed + int.from_bytes(length) if len(length) == HEAD else 0

    def _settle(self, place: int) -> None:
        """From the start-up message on, and after the letter, messages have types."""
        if not self._typed:
            code = int.from_bytes(self._rest[place + HEAD : place + 2 * HEAD])
            self._typed = not self._of_driver or code != SSL_REQUEST
