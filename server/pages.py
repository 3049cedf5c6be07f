"""The site's files: the board under every address that is not something else, and the explorer at /graphiql.

Files under assets/ carry a hash of their content in the name, and are kept by browsers for a year; pages are asked for anew.
"""

from pathlib import Path

from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

SITE = Path(__file__).resolve().parent.parent / "frontend" / "dist"
FOR_EVER = "public, max-age=31536000, immutable"
ASK_AGAIN = "no-cache"
MISSING = "The site is not built: run `make run`, or `npm ci && npm run build` in frontend/. The API is at /graphql.\n"


class Assets(StaticFiles):
    """Files whose names change with their content."""

    async def check_config(self) -> None:
        """A site that is not built has no files, which is no fault."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        """The file, to be kept for ever."""
        response = await super().get_response(path, scope)
        if response.status_code in {200, 304}:
            response.headers["Cache-Control"] = FOR_EVER
        return response


def routes(site: Path = SITE) -> list[BaseRoute]:
    """The routes of the site; they belong after all others."""

    async def page(request: Request) -> Response:
        return _file(_page(site, request.path_params["path"]))

    async def explorer(_: Request) -> Response:
        return _file(site / "explorer" / "index.html")

    return [
        Mount("/assets", Assets(directory=site / "assets", check_dir=False)),
        Route("/graphiql", explorer),
        Route("/{path:path}", page),
    ]


def _page(site: Path, path: str) -> Path | None:
    """A file of the site's root by its name; the board for every other address that does not look like a file."""
    if path and "/" not in path and _is_file(site / path):
        return site / path
    return None if "." in path.rsplit("/", 1)[-1] else site / "index.html"


def _file(path: Path | None) -> Response:
    if path is None:
        return JSONResponse({"errors": [{"message": "There is nothing at this address."}]}, 404)
    if not _is_file(path):
        return PlainTextResponse(MISSING, 503, {"Retry-After": "60"})
    return FileResponse(path, headers={"Cache-Control": ASK_AGAIN})


def _is_file(path: Path) -> bool:
    """Whether there is one, whatever the name: too long, or with characters that no file has."""
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False
