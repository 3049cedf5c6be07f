"""Who may what: one pure table, role × right → how far it reaches. Statements, buttons and the docs derive from it."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from models.authority import Reach, Scope
from models.role import ROLES, Role


class Right(StrEnum):
    """What one may do in a workspace."""

    SEE = "SEE"
    OPERATE = "OPERATE"
    CREATE = "CREATE"
    EDIT = "EDIT"
    DELETE = "DELETE"
    ADMINISTER = "ADMINISTER"


WORDS: Mapping[Right, str] = MappingProxyType(
    {
        Right.SEE: "see tasks, history, logs, members",
        Right.OPERATE: "run, pause, resume, cancel",
        Right.CREATE: "create",
        Right.EDIT: "edit",
        Right.DELETE: "delete",
        Right.ADMINISTER: "members, invitations, everyone's tokens",
    }
)

_NONE, _OWN, _ALL = Scope.NONE, Scope.OWN, Scope.ALL
_ROWS: Mapping[Right, tuple[Scope, Scope, Scope, Scope]] = {
    #                VIEWER OPERATOR EDITOR ADMIN
    Right.SEE: (_ALL, _ALL, _ALL, _ALL),
    Right.OPERATE: (_NONE, _ALL, _ALL, _ALL),
    Right.CREATE: (_NONE, _NONE, _ALL, _ALL),
    Right.EDIT: (_NONE, _NONE, _OWN, _ALL),
    Right.DELETE: (_NONE, _NONE, _OWN, _ALL),
    Right.ADMINISTER: (_NONE, _NONE, _NONE, _ALL),
}

TABLE: Mapping[Role, Mapping[Right, Scope]] = MappingProxyType(
    {role: MappingProxyType({right: row[role.rank] for right, row in _ROWS.items()}) for role in ROLES}
)


def reach(right: Right) -> Reach:
    """The right as statements take it: for each role how far it reaches."""
    return _REACH[right]


def scope(role: Role, right: Right) -> Scope:
    """How far `right` reaches for `role`."""
    return TABLE[role][right]


def table() -> str:
    """The table as Markdown, for docs/security.md (a test holds them equal)."""
    words = {Scope.NONE: "–", Scope.OWN: "own", Scope.ALL: "all"}
    head = f"| right | {' | '.join(ROLES)} |\n|---|{'---|' * len(ROLES)}\n"
    return head + "".join(
        f"| {WORDS[right]} | {' | '.join(words[TABLE[role][right]] for role in ROLES)} |\n" for right in Right
    )


_REACH: Mapping[Right, Reach] = {
    right: Reach(MappingProxyType({role: TABLE[role][right] for role in ROLES})) for right in Right
}
