"""What the one who runs Fermata decides about accounts; filled from the server's settings."""

from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import quote


class SignUp(StrEnum):
    """Who may make an account. The very first one is always possible."""

    OPEN = "open"
    INVITE = "invite"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class AuthSettings:
    """`public_url` goes into links; `loopback` says that nobody from outside can reach the server; `session_days` is how long a
    session lives at the most, however much it is used."""

    sign_up: SignUp = SignUp.OPEN
    public_url: str = "http://127.0.0.1:8000"
    loopback: bool = True
    session_days: int = 90

    def link(self, page: str, token: str) -> str:
        """A link that carries a secret: in its fragment, which browsers send to no server and write into no log."""
        return f"{self.public_url.rstrip('/')}/{page}#{quote(token)}"

    def invitation_link(self, token: str) -> str:
        """Where an invitation is accepted."""
        return self.link("invitation", token)

    def reset_link(self, token: str) -> str:
        """Where a new password is chosen."""
        return self.link("reset-password", token)

    def setup_link(self, token: str) -> str:
        """Where the first account is made."""
        return self.link("set-up", token)
