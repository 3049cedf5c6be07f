"""An ADMIN's program: bring people and programs into a workspace by a list; say it again and only what is new is made.

FERMATA_URL=http://127.0.0.1:8000 FERMATA_TOKEN=fmt_… python admin_provision.py my-team < list.txt

    # who                     role
    bea@example.com           operator
    program:nightly-import    editor

A person gets a link, a program a token for ninety days. Both are shown here, once, and nowhere else.
"""

import os
import sys
from datetime import UTC, datetime, timedelta
from typing import get_args

from fermata_client import Fermata, Forbidden
from fermata_client.operations import Role

DAYS = 90
THERE = """query Provisioned($slug: String!) {
  workspace(slug: $slug) { id members { user { email } } invitations { email } apiTokens { name } }
}"""


def main(slug: str, lines: list[str]) -> None:
    """One line after the other."""
    with Fermata(os.environ["FERMATA_URL"], os.environ["FERMATA_TOKEN"]) as fermata:
        try:
            provision(fermata, slug, [read(line) for line in lines if line.partition("#")[0].strip()])
        except Forbidden as refused:
            raise SystemExit(
                f"{refused} This token is {refused.details.get('role') or 'of a lower role'}."
            ) from refused


def provision(fermata: Fermata, slug: str, wanted: list[tuple[str, Role]]) -> None:
    """Make what is not there yet."""
    workspace = fermata.send(THERE, {"slug": slug})["workspace"]
    if workspace is None:
        raise SystemExit(f"There is no workspace {slug} for this token.")
    there = {member["user"]["email"].lower() for member in workspace["members"]}
    there |= {(invitation["email"] or "").lower() for invitation in workspace["invitations"]}
    there |= {f"program:{token['name']}".lower() for token in workspace["apiTokens"]}
    until = (datetime.now(UTC) + timedelta(days=DAYS)).isoformat()
    for name, role in wanted:
        if name.lower() in there:
            print(f"{name}\tis there already")
        elif name.startswith("program:"):
            made = fermata.create_api_token(workspace["id"], name.removeprefix("program:"), role, expires_at=until)
            print(f"{name}\t{role}\t{made['createApiToken']['secret']}")
        else:
            invited = fermata.invite_member(workspace["id"], role, email=name)
            print(f"{name}\t{role}\t{invited['inviteMember']['url']}")


def read(line: str) -> tuple[str, Role]:
    """A line as who, and which role."""
    words = line.partition("#")[0].split()
    for role in get_args(Role):
        if len(words) == 2 and role == words[1].upper():
            return words[0], role
    raise SystemExit(f"{line.strip()}: say who, and one of the roles {', '.join(get_args(Role))}.")


if __name__ == "__main__":
    main(sys.argv[1], sys.stdin.readlines())
