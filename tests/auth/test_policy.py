"""The table of rights, and the words of refusals."""

from pathlib import Path

from auth import errors
from auth.errors import Forbidden
from auth.policy import TABLE, Right, reach, table
from models.authority import Scope
from models.role import ROLES, Role

DOCS = Path(__file__).parents[2] / "docs" / "security.md"


def test_a_greater_role_reaches_at_least_as_far() -> None:
    order = [Scope.NONE, Scope.OWN, Scope.ALL]
    for right in Right:
        reached = [order.index(TABLE[role][right]) for role in ROLES]
        assert reached == sorted(reached)


def test_the_least_role_of_each_right_is_what_the_design_says() -> None:
    assert {right: reach(right).least for right in Right} == {
        Right.SEE: Role.VIEWER,
        Right.OPERATE: Role.OPERATOR,
        Right.CREATE: Role.EDITOR,
        Right.EDIT: Role.ADMIN,
        Right.DELETE: Role.ADMIN,
        Right.ADMINISTER: Role.ADMIN,
    }
    assert reach(Right.EDIT).roles(Scope.OWN) == ["EDITOR"]


def test_the_page_on_security_shows_this_very_table() -> None:
    assert table() in DOCS.read_text()


def test_every_refusal_says_in_a_sentence_what_to_do() -> None:
    for kind in vars(errors).values():
        if isinstance(kind, type) and issubclass(kind, errors.AuthError):
            assert (kind.__doc__ or "").strip().endswith("."), kind


def test_a_refusal_names_the_role_that_holds_and_the_one_that_is_needed() -> None:
    refusal = Forbidden(needed=Role.ADMIN, role=Role.OPERATOR)
    assert refusal.message == "You are an OPERATOR here; this needs ADMIN: ask an admin of the workspace."
    assert Forbidden(needed=Role.EDITOR).message == "This needs EDITOR: ask an admin of the workspace."
