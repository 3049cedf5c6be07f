"""What `fermata run` prints when it is ready. Asks over a plain connection: to load what accounts need would delay the line."""

from server.connection import connection
from server.settings import Settings
from server.start import read_keys

SOMEONE = "select exists (select from users)"


async def greet(settings: Settings, database_url: str) -> list[str]:
    """Where it is, and the set-up link while there is no account."""
    lines = [f"Fermata is ready at {settings.origin}"]
    async with connection(settings.direct_database or database_url) as opened:
        if await opened.fetchval(SOMEONE):
            return lines
    accounts = settings.accounts
    token = None if accounts.loopback else read_keys(settings.secret_path).setup_token
    link = accounts.setup_link(token) if token else f"{settings.origin}/set-up"
    return [*lines, f"There is no account yet. Make the first one, the administrator's: {link}"]
