"""The two addresses of a sign-in with an OpenID provider: the way there (/auth/…/start) and the way back (/auth/…/callback)."""

from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from auth.accounts import Accounts
from auth.errors import AuthError
from auth.failures import noted
from auth.oidc import COOKIE, HOME, SECONDS, Providers, page
from gql import cookies
from server.requests import client_of

SIGN_IN = "/sign-in"
AFTER = 303  # See Other: the browser goes on by GET
SECURE_COOKIE = f"__Host-{COOKIE}"  # behind https: no subdomain and no plain http can put in one of its own
ELSEWHERE = ("cross-site", "same-site")  # of Sec-Fetch-Site: a page of another origin sent the browser here


class OpenId:
    """What a browser does at these addresses always ends at a page of the site: where it wanted to go, or the sign-in page."""

    def __init__(self, providers: Providers, accounts: Accounts, *, secure: bool) -> None:
        self._providers, self._accounts, self._secure = providers, accounts, secure
        self._cookie, self._path = (SECURE_COOKIE, "/") if secure else (COOKIE, "/auth")

    def routes(self) -> list[Route]:
        """The routes."""
        return [
            Route("/auth/{provider}/start", self.start, methods=["GET"]),
            Route("/auth/{provider}/callback", self.callback, methods=["GET"]),
        ]

    async def start(self, request: Request) -> Response:
        """Send the browser to the provider, with what it has to bring back in a cookie of its own.

        A page of another site can send it here, and the provider may let it in without a word: then the sign-in page comes
        first, so that nobody is signed in without having wished it (ASVS 7.6.2).
        """
        name, wanted = request.path_params["provider"], request.query_params.get("return_to")
        if request.headers.get("sec-fetch-site") in ELSEWHERE:
            return _to(_sign_in({}, page(wanted)))
        try:
            with noted(self._providers.issuer_of(name)):
                started = await self._providers.begin(name, wanted)
        except AuthError as error:
            return _failed(error, page(wanted))
        response = _to(started.url)
        self._carry(response, started.cookie)
        return response

    async def callback(self, request: Request) -> Response:
        """Take the browser in, and give it the session's cookie."""
        asked, name, cookie = (
            request.query_params,
            request.path_params["provider"],
            cookies.given(request.headers).get(self._cookie),
        )
        try:
            with noted(self._providers.issuer_of(name)):
                finished = await self._providers.finish(
                    name,
                    cookie=cookie,
                    code=asked.get("code"),
                    state=asked.get("state"),
                    issuer=asked.get("iss"),
                    error=asked.get("error"),
                )
                signed_in = await self._accounts.sign_in_as(client_of(request), finished.identity)
        except AuthError as error:
            response = _failed(error, self._providers.wanted(name, cookie))
        else:
            response = _to(finished.return_to)
            await self._accounts.leave(
                client_of(request),
                cookies.refresh_token(cookies.given(request.headers), secure=self._secure),
                signed_in,
            )
            cookies.write(response, signed_in.refresh_token, secure=self._secure)
        self._carry(response, None)
        return response

    def _carry(self, response: Response, value: str | None) -> None:
        age = SECONDS if value else 0
        response.set_cookie(
            self._cookie,
            value or "",
            max_age=age,
            path=self._path,
            secure=self._secure,
            httponly=True,
            samesite="lax",  # as it has to come along when the provider sends the browser back
        )


def _to(address: str) -> RedirectResponse:
    return RedirectResponse(address, AFTER, {"Cache-Control": "no-store"})


def _failed(error: AuthError, wanted: str) -> RedirectResponse:
    """Back to the sign-in page, with the page that was wanted and the kind of failure.

    The page has the words for it, so that no link can put some there.
    """
    return _to(_sign_in({"failed": type(error).__name__}, wanted))


def _sign_in(told: dict[str, str], wanted: str) -> str:
    asked = urlencode(told | ({} if wanted == HOME else {"next": wanted}))
    return f"{SIGN_IN}?{asked}" if asked else SIGN_IN
