"""Accounts: signing up, in and out, passwords, profiles and sessions."""

from typing import Annotated

import strawberry

from auth.errors import Unauthenticated
from auth.failures import noted
from auth.principal import Principal
from auth.sessions import SignedIn
from gql.arguments import UseCookie, UserId
from gql.context import Context, Info
from gql.fields import mutation
from gql.ids import NodeType, key_of
from gql.types.credentials import Credentials, SignInInput, SignUpInput
from gql.types.user import User
from models.guard import ask_for

Everywhere = Annotated[bool | None, strawberry.argument(description="Whether to end all sessions of the account.")]
Password = Annotated[str, strawberry.argument(description="8 to 256 characters that are not easy to guess.")]
Email = Annotated[str, strawberry.argument(description="The e-mail address of an account.")]
ResetToken = Annotated[str, strawberry.argument(description="The secret of the link.")]
RefreshToken = Annotated[
    str | None, strawberry.argument(description="The refresh token; null: the one in the cookie. It works once.")
]
Provider = Annotated[str, strawberry.argument(description="The name of an identity provider, as signInOptions says.")]
IdToken = Annotated[str, strawberry.argument(description="An ID token that it has signed for this installation.")]
DisplayName = Annotated[str, strawberry.argument(description="The name that others see: 1 to 100 characters.")]
Disabled = Annotated[bool, strawberry.argument(description="True shuts the account at once, false opens it again.")]
SessionId = Annotated[strawberry.ID, strawberry.argument(description="The id of one of your sessions.")]
NewAccount = Annotated[SignUpInput, strawberry.argument(description="Who is to have an account.")]
Known = Annotated[SignInInput, strawberry.argument(description="The account, and its password.")]
Current = Annotated[str, strawberry.argument(description="The password that holds now.")]


async def _entered(context: Context, signed_in: SignedIn, use_cookie: bool | None) -> Credentials:
    """The credentials of a session that has begun; in a browser it takes the place of the one before."""
    if use_cookie:
        await context.services.accounts.leave(context.client, context.refresh_cookie, signed_in)
    return _granted(context, signed_in, use_cookie)


def _granted(context: Context, signed_in: SignedIn, use_cookie: bool | None) -> Credentials:
    """The credentials; what else this request reads, it reads as the one who has just signed in."""
    context.principal = Principal(signed_in.authority(context.client), signed_in.user, "session")
    ask_for(signed_in.user.id)
    return Credentials.of(context, signed_in, use_cookie)


@strawberry.type(description="What can be done about accounts.")
class AccountMutations:
    """Refresh tokens travel in an HttpOnly cookie for browsers (`useCookie: true`), in the payload otherwise."""

    @mutation("signUp", "Make an account, with a workspace of one's own, and sign in.", "input.")
    async def sign_up(self, info: Info, input: NewAccount) -> Credentials:
        signed_in = await info.context.services.accounts.sign_up(
            info.context.client,
            email=input.email,
            password=input.password,
            display_name=input.display_name,
            invitation=input.invitation,
            setup_token=input.setup_token,
        )
        return await _entered(info.context, signed_in, input.use_cookie)

    @mutation("signIn", "Sign in with a password.", "input.")
    async def sign_in(self, info: Info, input: Known) -> Credentials:
        signed_in = await info.context.services.accounts.sign_in(
            info.context.client, email=input.email, password=input.password
        )
        return await _entered(info.context, signed_in, input.use_cookie)

    @mutation(
        "signInWithIdToken", "Sign in with an ID token of Firebase or any other OpenID issuer that is set up here."
    )
    async def sign_in_with_id_token(
        self, info: Info, provider: Provider, id_token: IdToken, use_cookie: UseCookie = False
    ) -> Credentials:
        services = info.context.services
        with noted(services.providers.issuer_of(provider)):
            identity = await services.providers.verify_id_token(provider, id_token)
            signed_in = await services.accounts.sign_in_as(info.context.client, identity)
        return await _entered(info.context, signed_in, use_cookie)

    @mutation("refreshSession", "Exchange a refresh token, which works once, for a new one and a new access token.")
    async def refresh_session(
        self, info: Info, refresh_token: RefreshToken = None, use_cookie: UseCookie = False
    ) -> Credentials:
        token = refresh_token or info.context.refresh_cookie
        if not token:
            raise Unauthenticated
        signed_in = await info.context.services.accounts.refresh(info.context.client, token)
        return _granted(info.context, signed_in, use_cookie)

    @mutation(
        "signOut", "End the session of this request, or all of the account's; true also when it had ended already."
    )
    async def sign_out(self, info: Info, everywhere: Everywhere = False) -> bool:
        context, accounts = info.context, info.context.services.accounts
        context.set_cookie(None)
        if context.principal is not None:
            return await accounts.sign_out(context.authority, everywhere=bool(everywhere))
        if context.refresh_cookie is None:
            return True
        try:
            signed_in = await accounts.refresh(context.client, context.refresh_cookie)
        except Unauthenticated:
            return True
        return await accounts.sign_out(signed_in.authority(context.client), everywhere=bool(everywhere))

    @mutation("changePassword", "Choose a new password; ends the other sessions.")
    async def change_password(self, info: Info, current_password: Current, new_password: Password) -> bool:
        await info.context.services.accounts.change_password(
            info.context.authority, current_password=current_password, new_password=new_password
        )
        return True

    @mutation(
        "requestPasswordReset",
        "Have a link to choose a new password sent; true whether or not there is such an account.",
    )
    async def request_password_reset(self, info: Info, email: Email) -> bool:
        await info.context.services.accounts.request_reset(info.context.client, email)
        return True

    @mutation("resetPassword", "Choose a new password by such a link, and sign in; ends all other sessions.")
    async def reset_password(
        self, info: Info, token: ResetToken, new_password: Password, use_cookie: UseCookie = False
    ) -> Credentials:
        signed_in = await info.context.services.accounts.reset_password(
            info.context.client, token=token, new_password=new_password
        )
        return await _entered(info.context, signed_in, use_cookie)

    @mutation("updateProfile", "Choose the name that others see.")
    async def update_profile(self, info: Info, display_name: DisplayName) -> User:
        return User.of(await info.context.services.accounts.update_profile(info.context.authority, display_name))

    @mutation("revokeSession", "End one of one's own sessions.")
    async def revoke_session(self, info: Info, id: SessionId) -> bool:
        key = key_of(NodeType.SESSION, id, "id")
        return await info.context.services.accounts.revoke_session(info.context.authority, key)

    @mutation(
        "createResetLink",
        "Make a link by which someone can choose a new password, once within a day, where no mail is set up. Hand it over in "
        "private.",
    )
    async def create_reset_link(self, info: Info, user_id: UserId) -> str:
        key = key_of(NodeType.USER, user_id, "userId")
        return await info.context.services.accounts.reset_link(info.context.who, key)

    @mutation("setUserDisabled", "Shut an account, or open it again; its sessions and tokens hold nothing meanwhile.")
    async def set_user_disabled(self, info: Info, id: UserId, disabled: Disabled) -> User:
        key = key_of(NodeType.USER, id, "id")
        return User.of(await info.context.services.accounts.set_user_disabled(info.context.who, key, disabled))
