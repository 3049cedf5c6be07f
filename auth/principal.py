"""Who asks: the account behind a credential."""

from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from auth.errors import InstanceAdminNeeded, SessionNeeded
from models.authority import Authority
from models.token import ApiToken
from models.user import User


@dataclass(frozen=True, slots=True)
class Principal:
    """An account whose credential held when the request began; nobody is None."""

    authority: Authority
    user: User
    kind: Literal["session", "token"]
    token: ApiToken | None = None

    @property
    def key(self) -> str:
        """A name of the credential that no other has: for ETags, idempotency keys and limits."""
        return f"{self.kind}:{self.authority.session_id or self.authority.token_id}"


def session_of(authority: Authority) -> UUID:
    """The session that asks. Raises `SessionNeeded` for an API token: what concerns an account is not a program's."""
    if authority.session_id is None:
        raise SessionNeeded
    return authority.session_id


def instance_admin(principal: Principal) -> Authority:
    """The authority of an admin of the installation. Raises `InstanceAdminNeeded`, `SessionNeeded`."""
    session_of(principal.authority)
    if not principal.user.is_instance_admin:
        raise InstanceAdminNeeded
    return principal.authority
