"""Signing in: what is sent, what comes back, and what the sign-in page offers."""

from datetime import datetime

import strawberry

from auth.sessions import SignedIn
from gql.context import Context
from gql.types.enums import SignUp
from gql.types.user import User

_COOKIE = "Whether the refresh token travels in an HttpOnly cookie, as browsers should."


@strawberry.type(description="An identity provider (OpenID Connect) that people can sign in with.")
class IdentityProvider:
    """From FERMATA_OIDC_FILE."""

    name: str = strawberry.field(description="What `signInWithIdToken` calls it.")
    label: str = strawberry.field(description="Its name for people.")
    sign_in_url: str | None = strawberry.field(description="Where a browser goes to sign in; null: by ID token only.")


@strawberry.type(description="What the sign-in page offers.")
class SignInOptions:
    """The same for everyone."""

    sign_up: SignUp = strawberry.field(description="Who may make an account.")
    providers: list[IdentityProvider] = strawberry.field(description="With whom else one can sign in.")
    sends_mail: bool = strawberry.field(
        description="Whether mail is set up here; false: an admin of the installation makes links to reset a password."
    )
    set_up: bool = strawberry.field(
        description="Whether the first account is still to be made, who becomes the admin of the installation."
    )


@strawberry.type(description="What a client holds after signing in.")
class Credentials:
    """The access token is short-lived and belongs in memory."""

    access_token: str = strawberry.field(description='Sent as "Authorization: Bearer …" with each request.')
    expires_at: datetime = strawberry.field(description="When the access token ends: refresh before that.")
    refresh_token: str | None = strawberry.field(description="Works once; null when it travels in the cookie.")
    user: User = strawberry.field(description="Who is signed in.")

    @classmethod
    def of(cls, context: Context, signed_in: SignedIn, use_cookie: bool | None) -> "Credentials":
        """The new credentials; the refresh token goes into the cookie or the payload, never both."""
        if use_cookie:
            context.set_cookie(signed_in.refresh_token)
        return cls(
            access_token=signed_in.access.text,
            expires_at=signed_in.access.expires_at,
            refresh_token=None if use_cookie else signed_in.refresh_token,
            user=User.of(signed_in.user),
        )


@strawberry.input(description="A new account.")
class SignUpInput:
    """The first account of an installation is its admin."""

    email: str = strawberry.field(description="The e-mail address; compared without case.")
    password: str = strawberry.field(description="8 to 256 characters that are not easy to guess.")
    display_name: str = strawberry.field(description="The name that others see.")
    invitation: str | None = strawberry.field(default=None, description="The secret of an invitation, to join at once.")
    setup_token: str | None = strawberry.field(
        default=None, description="For the first account, where the server is not on loopback: printed at its start."
    )
    use_cookie: bool | None = strawberry.field(default=False, description=_COOKIE)


@strawberry.input(description="An account's address and password.")
class SignInInput:
    """Ten checks an account in a quarter of an hour."""

    email: str = strawberry.field(description="The e-mail address.")
    password: str = strawberry.field(description="The password.")
    use_cookie: bool | None = strawberry.field(default=False, description=_COOKIE)
