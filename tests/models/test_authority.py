"""Roles hold one another, and a reach says for which roles a right reaches how far."""

from itertools import pairwise

from models.authority import Reach, Scope
from models.role import ROLES, Role


def test_each_role_holds_all_that_the_ones_before_it_hold() -> None:
    for lower, higher in pairwise(ROLES):
        assert higher.holds(lower)
        assert not lower.holds(higher)
        assert lower.holds(lower)


def test_a_reach_names_the_roles_of_each_scope_and_the_least_that_reaches_all() -> None:
    reach = Reach({Role.VIEWER: Scope.NONE, Role.EDITOR: Scope.OWN, Role.ADMIN: Scope.ALL})
    assert reach.roles(Scope.ALL) == ["ADMIN"]
    assert reach.roles(Scope.OWN) == ["EDITOR"]
    assert reach.least is Role.ADMIN
