"""The history of accounts, members and tokens: a row of `events` in the transaction of the change itself."""

import json
from collections.abc import Mapping
from enum import StrEnum
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from auth.client import Client
from auth.statements import run
from models.authority import Authority
from models.base import new_id


class Act(StrEnum):
    """What happens to accounts, workspaces, members and tokens, as `Event.action` names it."""

    SIGNED_UP = "SIGNED_UP"
    SIGNED_IN = "SIGNED_IN"
    SIGN_IN_FAILED = "SIGN_IN_FAILED"
    SIGNED_OUT = "SIGNED_OUT"
    SESSION_REVOKED = "SESSION_REVOKED"
    PASSWORD_CHANGED = "PASSWORD_CHANGED"  # noqa: S105 - a name
    PASSWORD_RESET = "PASSWORD_RESET"  # noqa: S105 - a name
    RESET_LINK_MADE = "RESET_LINK_MADE"
    WORKSPACE_CREATED = "WORKSPACE_CREATED"
    WORKSPACE_RENAMED = "WORKSPACE_RENAMED"
    WORKSPACE_DELETED = "WORKSPACE_DELETED"
    MEMBER_INVITED = "MEMBER_INVITED"
    INVITATION_ACCEPTED = "INVITATION_ACCEPTED"
    INVITATION_REVOKED = "INVITATION_REVOKED"
    MEMBER_ROLE_SET = "MEMBER_ROLE_SET"
    MEMBER_REMOVED = "MEMBER_REMOVED"
    TOKEN_CREATED = "TOKEN_CREATED"  # noqa: S105 - a name
    TOKEN_REVOKED = "TOKEN_REVOKED"  # noqa: S105 - a name
    USER_DISABLED = "USER_DISABLED"
    USER_ENABLED = "USER_ENABLED"
    PROFILE_UPDATED = "PROFILE_UPDATED"


async def record(
    connection: AsyncConnection,
    act: Act,
    by: Authority | Client,
    *,
    workspace: UUID | None = None,
    subject: UUID | None = None,
    detail: Mapping[str, object] | None = None,
) -> None:
    """Write one line of the history; `by` a Client is nobody's (a sign-in that failed) or the command line's."""
    known = by if isinstance(by, Authority) else None
    await run(
        connection,
        "record_event",
        id=new_id(),
        workspace_id=workspace,
        action=act.value,
        subject_id=subject,
        detail=json.dumps(detail) if detail else None,
        actor_id=known.user_id if known else None,
        via=known.via if known else None,
        address=by.address,
        request_id=by.request_id,
    )
