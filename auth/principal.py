"""Who asks: the account behind a credential."""

from dataclasses import dataclass
from functools import cache
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
        return key_of(self.authority.session_id, self.token.id if self.token else None)

    @property
    def rights(self) -> str:
        """What may change an answer for the same credential, beside the roles that a workspace's revision stands for."""
        return rights_of(self.token.role.value if self.token else None, self.user.is_instance_admin)


def key_of(session_id: UUID | None, token_id: UUID | None) -> str:
    """A name of a credential that no other has."""
    return f"session:{session_id}" if token_id is None else f"token:{token_id}"


@cache
def rights_of(cap: str | None, is_instance_admin: bool) -> str:
    """The role that a credential is capped at, if it is, and whether its account looks after the installation."""
    return f"{cap or 'own'}:{'instance' if is_instance_admin else 'member'}"


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
