"""The pages on security and signing in name what there is, and nothing that there is not."""

import re
from pathlib import Path

from auth.audit import Act
from auth.oidc_file import Provider

ROOT = Path(__file__).parents[2]
SECURITY = (ROOT / "docs" / "security.md").read_text()
SIGN_IN = (ROOT / "docs" / "sign-in.md").read_text()


def test_every_action_of_the_history_is_documented() -> None:
    section = SECURITY.split("## The history")[1].split("\n## ")[0]
    assert set(re.findall(r"`([A-Z]+_[A-Z_]+)`", section)) == {act.value for act in Act}


def test_every_key_of_the_file_of_providers_is_documented() -> None:
    table = SIGN_IN.split("| key | default | |")[1].split("\n\n")[0]
    rows = [line.split("|")[1] for line in table.splitlines() if line.count("|") > 3 and "---" not in line]
    assert {key for row in rows for key in re.findall(r"`(\w+)`", row)} == set(Provider.model_fields) - {"name"}


def test_every_test_that_holds_a_promise_is_there() -> None:
    named = set(re.findall(r"tests/\w+/test_\w+\.py", SECURITY))
    short = set(re.findall(r"(?<!/)\btest_\w+\.py", SECURITY))
    assert named
    assert [path for path in named if not (ROOT / path).is_file()] == []
    assert [name for name in short if not (ROOT / "tests" / "auth" / name).is_file()] == []
