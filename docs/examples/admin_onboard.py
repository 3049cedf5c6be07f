"""An ADMIN's program: invite people by a list of `address role`, and print each one's link.

FERMATA_URL=http://127.0.0.1:8000 FERMATA_TOKEN=fmt_… python admin_onboard.py my-team < people.txt
"""

import os
import sys
from typing import get_args

from fermata_client import Fermata, Forbidden
from fermata_client.operations import Role


def main(slug: str, lines: list[str]) -> None:
    """A link works once and for a week; it is shown here and nowhere else."""
    with Fermata(os.environ["FERMATA_URL"], os.environ["FERMATA_TOKEN"]) as fermata:
        workspace = fermata.workspace(slug)["workspace"]
        if workspace is None:
            raise SystemExit(f"There is no workspace {slug} for this token.")
        for line in filter(str.strip, lines):
            email, role = line.split()
            try:
                made = fermata.invite_member(workspace["id"], role_of(role), email=email)["inviteMember"]
            except Forbidden as refused:
                raise SystemExit(f"{refused} (this token is {refused.details['role']})") from refused
            print(f"{email}\t{role}\t{made['url']}")


def role_of(word: str) -> Role:
    """A word of the list as a role."""
    for role in get_args(Role):
        if role == word.upper():
            return role
    raise SystemExit(f"{word} is no role: {', '.join(get_args(Role))}")


if __name__ == "__main__":
    main(sys.argv[1], sys.stdin.readlines())
