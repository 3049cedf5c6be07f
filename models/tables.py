"""Every table in one place, for migrations, drift checks and tests: importing this module fills `metadata`."""

from models.base import metadata
from models.event import events
from models.instance import idempotency_keys, instance
from models.session import refresh_tokens, sessions
from models.task import callbacks, logs, tasks
from models.token import api_tokens
from models.user import identities, lockouts, password_resets, users
from models.workspace import invitations, memberships, task_counts, workspaces

__all__ = [
    "api_tokens",
    "callbacks",
    "events",
    "idempotency_keys",
    "identities",
    "instance",
    "invitations",
    "lockouts",
    "logs",
    "memberships",
    "metadata",
    "password_resets",
    "refresh_tokens",
    "sessions",
    "task_counts",
    "tasks",
    "users",
    "workspaces",
]
