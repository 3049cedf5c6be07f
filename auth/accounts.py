"""Accounts: all that concerns people and how they sign in."""

from auth.signing_in import SigningIn
from auth.signing_up import SigningUp


class Accounts(SigningUp, SigningIn):
    """Everything about accounts in one place for those who call; each part has a file of its own."""
