"""Accounts: all that concerns people and how they sign in."""

from auth.external import External
from auth.password_care import PasswordCare
from auth.people import People
from auth.signing_in import SigningIn


class Accounts(External, SigningIn, PasswordCare, People):
    """Everything about accounts in one place for those who call; each part has a file of its own."""
