"""The four roles of a shared system: each holds all that the ones before it hold."""

from enum import StrEnum


class Role(StrEnum):
    """What a member, an invitation or an API token may at most do; the order of definition is the order of power."""

    VIEWER = "VIEWER"
    OPERATOR = "OPERATOR"
    EDITOR = "EDITOR"
    ADMIN = "ADMIN"

    @property
    def rank(self) -> int:
        """0 for the least role, 3 for the greatest."""
        return ROLES.index(self)

    def holds(self, needed: "Role") -> bool:
        """Whether this role includes `needed`."""
        return self.rank >= needed.rank


ROLES: tuple[Role, ...] = tuple(Role)
