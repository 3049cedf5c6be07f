"""Who may read or call what: one table for every field of the schema, and the permission classes that hold its root fields.

A root field without an entry cannot be defined (KeyError at import); any other field without one fails a test. Roles are not
checked here: the statement that reads or writes is narrowed by the role that holds at that moment (auth/policy.py says how far).
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from strawberry.permission import BasePermission

from auth.errors import InstanceAdminNeeded, SessionNeeded
from gql.context import Info
from gql.errors import Forbidden, Unauthenticated


class Who(StrEnum):
    """For whom a field is."""

    ANYONE = "anyone, signed in or not"
    SIGNED_IN = "whoever is signed in, with a session or an API token"
    PERSON = "a person who is signed in; not an API token"
    INSTANCE_ADMIN = "an admin of the installation; not an API token"
    ONESELF = "the person whom it is about"
    ADDRESS = "the person whom it is about, admins of a workspace that they share, and admins of the installation"
    VIEWER = "VIEWER of the workspace"
    OPERATOR = "OPERATOR of the workspace"
    EDITOR = "EDITOR of the workspace"
    OWN = "EDITOR of the workspace for what one made oneself, ADMIN for everything"
    TOKENS = "whoever made the token, and ADMIN of the workspace"
    ADMIN = "ADMIN of the workspace"
    REACHED = "whoever was given the object that holds it"


ROOTS: Mapping[str, Mapping[str, Who]] = {
    "Query": {
        "viewer": Who.ANYONE,
        "apiToken": Who.SIGNED_IN,
        "version": Who.SIGNED_IN,
        "node": Who.SIGNED_IN,
        "nodes": Who.SIGNED_IN,
        "workspace": Who.SIGNED_IN,
        "task": Who.SIGNED_IN,
        "signInOptions": Who.ANYONE,
        "users": Who.INSTANCE_ADMIN,
    },
    "Mutation": {
        "signUp": Who.ANYONE,
        "signIn": Who.ANYONE,
        "signInWithIdToken": Who.ANYONE,
        "refreshSession": Who.ANYONE,
        "signOut": Who.ANYONE,
        "changePassword": Who.PERSON,
        "requestPasswordReset": Who.ANYONE,
        "resetPassword": Who.ANYONE,
        "updateProfile": Who.PERSON,
        "revokeSession": Who.PERSON,
        "createResetLink": Who.INSTANCE_ADMIN,
        "setUserDisabled": Who.INSTANCE_ADMIN,
        "createWorkspace": Who.PERSON,
        "renameWorkspace": Who.ADMIN,
        "deleteWorkspace": Who.ADMIN,
        "inviteMember": Who.ADMIN,
        "acceptInvitation": Who.PERSON,
        "revokeInvitation": Who.ADMIN,
        "setMemberRole": Who.ADMIN,
        "removeMember": Who.ADMIN,
        "createApiToken": Who.VIEWER,
        "revokeApiToken": Who.TOKENS,
        "createTask": Who.EDITOR,
        "updateTask": Who.OWN,
        "deleteTask": Who.OWN,
        "runTask": Who.OPERATOR,
        "pauseTask": Who.OPERATOR,
        "resumeTask": Who.OPERATOR,
        "cancelTask": Who.OPERATOR,
        "transitionTasks": Who.OPERATOR,
        "deleteTasks": Who.OWN,
        "createTasks": Who.EDITOR,
    },
    "Subscription": {"taskChanged": Who.VIEWER},
}

# Of the types below the roots: what holds for every field ("*"), and the fields that are narrower.
TYPES: Mapping[str, Mapping[str, Who]] = {
    "User": {"*": Who.REACHED, "email": Who.ADDRESS, "workspaces": Who.ONESELF, "sessions": Who.ONESELF},
    "Session": {"*": Who.ONESELF},
    "Workspace": {"*": Who.VIEWER, "invitations": Who.ADMIN, "apiTokens": Who.TOKENS},
    "StatusCount": {"*": Who.VIEWER},
    "Membership": {"*": Who.VIEWER},
    "Invitation": {"*": Who.ADMIN},
    "ApiToken": {"*": Who.TOKENS},
    "TaskKind": {"*": Who.VIEWER},
    "Task": {"*": Who.VIEWER},
    "TaskPermission": {"*": Who.VIEWER},
    "TaskChanges": {"*": Who.VIEWER},
    "Event": {"*": Who.VIEWER},
    "LogLine": {"*": Who.VIEWER},
    "SignInOptions": {"*": Who.ANYONE},
    "IdentityProvider": {"*": Who.ANYONE},
    **{
        name: {"*": Who.REACHED}
        for name in (
            "Node",
            "PageInfo",
            "UserConnection",
            "UserEdge",
            "TaskConnection",
            "TaskEdge",
            "EventConnection",
            "EventEdge",
            "LogConnection",
            "LogEdge",
            "Credentials",
            "InvitationSecret",
            "ApiTokenSecret",
            "TaskPayload",
            "DeletePayload",
            "BulkPayload",
            "BulkOutcome",
        )
    },
}


class SignedIn(BasePermission):
    """A session or an API token."""

    def has_permission(self, source: Any, info: Info, **kwargs: Any) -> bool:  # Strawberry passes any arguments
        """Raises `Unauthenticated`."""
        if info.context.principal is None:
            raise Unauthenticated
        return True


class Person(SignedIn):
    """A session: what concerns an account is not a program's."""

    def has_permission(self, source: Any, info: Info, **kwargs: Any) -> bool:  # Strawberry passes any arguments
        """Raises `Unauthenticated`, `Forbidden`."""
        super().has_permission(source, info, **kwargs)
        if info.context.who.kind != "session":
            raise Forbidden(SessionNeeded().message)
        return True


class InstanceAdmin(Person):
    """A session of an admin of the installation."""

    def has_permission(self, source: Any, info: Info, **kwargs: Any) -> bool:  # Strawberry passes any arguments
        """Raises `Unauthenticated`, `Forbidden`."""
        super().has_permission(source, info, **kwargs)
        if not info.context.who.user.is_instance_admin:
            raise Forbidden(InstanceAdminNeeded().message)
        return True


_CLASSES: Mapping[Who, list[type[BasePermission]]] = {
    Who.ANYONE: [],
    Who.PERSON: [Person],
    Who.INSTANCE_ADMIN: [InstanceAdmin],
}


def policy(kind: str, field: str) -> Who:
    """For whom a field is. Raises `KeyError` where nobody has said so."""
    if kind in ROOTS:
        return ROOTS[kind][field]
    fields = TYPES[kind]
    return fields.get(field) or fields["*"]


def guard(kind: str, field: str) -> list[type[BasePermission]]:
    """The permission classes of a root field: at least a credential, unless it is for anyone."""
    return _CLASSES.get(ROOTS[kind][field], [SignedIn])
