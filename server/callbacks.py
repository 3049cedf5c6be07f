"""Where services call back that answered 202: what is signed is kept for the work that waits (engine/callbacks.py)."""

from uuid import UUID

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from engine.callbacks import MAX_BODY, PATH, receive
from engine.kinds import Catalogue
from models.database import Database, Unavailable

TAKEN, NOBODY, TOO_LONG, LATER = 204, 404, 413, 503


class Callbacks:
    """One answer for all that is wrong with a call, so that nobody learns which tasks there are."""

    def __init__(self, db: Database, catalogue: Catalogue) -> None:
        self._db, self._catalogue = db, catalogue

    def routes(self) -> list[Route]:
        """POST /callbacks/{task}/{run}/{step}."""
        return [Route(PATH, self.take, methods=["POST"])]

    async def take(self, request: Request) -> Response:
        """204 when the answer is kept (or one already is), else 404; 503 while the database is away."""
        body = bytearray()
        async for chunk in request.stream():
            body += chunk
            if len(body) > MAX_BODY:
                return Response(status_code=TOO_LONG)
        try:
            path = request.path_params
            key = (UUID(path["task_id"]), int(path["run"]), int(path["step"]))
            kept = await receive(self._db, self._catalogue, key, dict(request.headers), bytes(body))
        except ValueError:
            kept = False
        except Unavailable:
            return Response(status_code=LATER, headers={"Retry-After": "1"})
        return Response(status_code=TAKEN if kept else NOBODY)
