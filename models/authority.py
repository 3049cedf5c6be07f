"""With what right a statement runs: whose request it is, by which credential, and how far a right reaches.

The engine is blind to who may what: it gets an authority and a reach, and its statement reads the effective role
by the database's function `effective_role`, in the moment of the change itself.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID

from models.role import Role


class Scope(StrEnum):
    """How far a right reaches among the tasks of a workspace."""

    NONE = "NONE"
    OWN = "OWN"
    ALL = "ALL"


@dataclass(frozen=True, slots=True)
class Reach:
    """A right, as statements take it: for each role how far it reaches. Roles that are not named reach nothing."""

    scopes: Mapping[Role, Scope] = field(default_factory=dict[Role, Scope])

    def roles(self, scope: Scope) -> list[str]:
        """The roles for which the right reaches just so far, as PostgreSQL's enum labels."""
        return [role.value for role, reaches in self.scopes.items() if reaches is scope]

    @property
    def least(self) -> Role:
        """The least role for which the right reaches everything: what a refusal says would be needed."""
        return min((role for role, scope in self.scopes.items() if scope is Scope.ALL), key=lambda role: role.rank)


@dataclass(frozen=True, slots=True)
class Authority:
    """Who asks, by which credential: just one of `session_id` and `token_id` is set. Written into every event."""

    user_id: UUID
    session_id: UUID | None = None
    token_id: UUID | None = None
    via: str | None = None  # the name of the API token
    address: str | None = None  # from where
    request_id: str | None = None
