"""Every code of the contract is one class, says what to do, and carries what the contract promises."""

import re
from pathlib import Path

import pytest

from gql import errors
from gql.errors import ErrorCode, FermataError

CONTRACT = Path(__file__).parents[2] / "gql" / "contract.graphql"


def test_the_codes_are_those_of_the_contract() -> None:
    block = re.search(r"enum ErrorCode \{(.*?)\}\n", CONTRACT.read_text().replace("[{path, message}]", ""), re.S)
    assert block is not None
    promised = re.findall(r"^\s+([A-Z_]+)\b", block[1], re.M)
    assert [code.value for code in ErrorCode] == promised


def test_every_code_has_exactly_one_class() -> None:
    assert sorted(kind.code for kind in FermataError.__subclasses__()) == sorted(ErrorCode)


@pytest.mark.parametrize(
    ("error", "extensions"),
    [
        (errors.Unauthenticated(), {}),
        (errors.Forbidden(required_role="ADMIN", role="VIEWER"), {"requiredRole": "ADMIN", "role": "VIEWER"}),
        (errors.InvalidInput(fields={"title": "is empty"}), {"fields": [{"path": "title", "message": "is empty"}]}),
        (
            errors.IllegalTransition(status="PAUSED", allowed_actions=["RESUME"]),
            {"status": "PAUSED", "allowedActions": ["RESUME"]},
        ),
        (errors.VersionConflict(current_version=3), {"currentVersion": 3}),
        (errors.VersionConflict(current_version=3, task={"a": 1}), {"currentVersion": 3, "task": {"a": 1}}),
        (errors.RateLimited(retry_after_ms=1500), {"retryAfterMs": 1500}),
        (errors.TooComplex(limit="depth", allowed=15, found=16), {"limit": "depth", "allowed": 15, "found": 16}),
        (errors.Internal(error_id="x1"), {"errorId": "x1"}),
    ],
)
def test_an_error_carries_its_code_and_what_the_contract_names(
    error: FermataError, extensions: dict[str, object]
) -> None:
    assert error.extensions == {"code": error.code, **extensions}


def test_the_docstring_is_the_default_message_in_one_line() -> None:
    assert errors.Conflict().message == str(errors.Conflict()) == errors.Conflict.__doc__
    assert errors.Conflict("The slug is taken: choose another.").message == "The slug is taken: choose another."
