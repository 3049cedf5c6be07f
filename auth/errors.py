"""What auth refuses, as exceptions; the docstring of a class is its default message and says what to do about it."""

from collections.abc import Mapping

from models.role import Role


class AuthError(Exception):
    """The request was refused."""

    def __init__(self, message: str | None = None) -> None:
        self.message = message or " ".join((type(self).__doc__ or "").split())
        super().__init__(self.message)


class Unauthenticated(AuthError):
    """You are not signed in, or your session has ended: sign in, or refresh the access token."""


class SessionTooOld(Unauthenticated):
    """Your session has reached the age at which every session here ends, however much it is used: sign in again."""


class InvalidCredentials(Unauthenticated):
    """The e-mail address and the password do not match: check both, or reset the password."""


class Forbidden(AuthError):
    """Your role does not allow this: ask an admin of the workspace for a higher one."""

    def __init__(self, message: str | None = None, *, needed: Role | None = None, role: Role | None = None) -> None:
        """`needed` is the least role that may, `role` the one that holds now; both unset where no role would help."""
        self.needed, self.role = needed, role
        if message is None and needed is not None:
            held = f"You are {article(role)} {role} here; this" if role else "This"
            message = f"{held} needs {needed}: ask an admin of the workspace."
        super().__init__(message)


class SessionNeeded(Forbidden):
    """An API token cannot do this: sign in with your account."""


class InstanceAdminNeeded(Forbidden):
    """Only an admin of this installation may do this: ask the one who runs it."""


class NotFound(AuthError):
    """There is nothing of this name here that you may see: check the id and the workspace."""


class Invalid(AuthError):
    """The request holds a value that cannot be used: correct the fields that are named and send it again."""

    def __init__(self, fields: Mapping[str, str], message: str | None = None) -> None:
        """`fields` maps the name of each value that is refused to what is wrong with it."""
        self.fields = dict(fields)
        super().__init__(message)


class WeakPassword(Invalid):
    """This password is too easy to guess: take a longer one, of words that do not belong together."""

    def __init__(self, reason: str, field: str = "password") -> None:
        super().__init__({field: reason}, reason)


class Taken(AuthError):
    """This name is taken: choose another."""


class LastAdmin(AuthError):
    """A workspace always keeps an admin: make someone else an admin first, or delete the workspace."""


class Throttled(AuthError):
    """Too many attempts: wait a while, then try again."""

    def __init__(self, retry_after: float, message: str | None = None) -> None:
        """`retry_after` in seconds."""
        self.retry_after = retry_after
        super().__init__(message)


class SignUpClosed(Forbidden):
    """New accounts are not open to everyone here: ask an admin for an invitation or an account."""


class SetUpTokenNeeded(Forbidden):
    """The first account needs the set-up token that `fermata run` printed on the server's terminal."""


class UnknownInvitation(AuthError):
    """This invitation is unknown, used, withdrawn, over, or for another e-mail address: ask for a new one."""


class UnknownReset(AuthError):
    """This link to reset a password is unknown, used or over: ask for a new one."""


class UnknownProvider(AuthError):
    """There is no identity provider of this name here: choose one that signInOptions names."""


class ProviderFailed(AuthError):
    """The identity provider did not confirm who you are: start again; if it stays so, tell the one who runs Fermata."""

    def __init__(self, message: str | None = None, *, why: str = "") -> None:
        """`why` is for the log, in our own words: nothing of it came from outside."""
        self.why = why
        super().__init__(message)


class SignInStale(ProviderFailed):
    """This sign-in was begun in another browser, or too long ago: start again."""


class SignInDeclined(ProviderFailed):
    """The identity provider did not let you in: start again, or sign in another way."""


class EmailUnverified(ProviderFailed):
    """The identity provider has not verified your e-mail address: verify it there, then start again."""


class DomainRefused(ProviderFailed):
    """Only addresses of certain domains may sign in here with this identity provider."""


class AccountShut(InvalidCredentials):
    """This account is shut: ask the one who runs Fermata."""


def article(role: Role | None) -> str:
    """The article that goes before the name of a role."""
    return "an" if role and role.value[0] in "AEIO" else "a"
