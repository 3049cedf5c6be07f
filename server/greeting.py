"""What `fermata run` prints when it is ready."""

from auth.accounts import Accounts
from models.database import Database
from server.settings import Settings
from server.start import read_keys


async def greet(settings: Settings, database_url: str) -> list[str]:
    """Where it is, and the set-up link while there is no account."""
    db = Database(database_url, size=1, timeout=10)
    accounts = Accounts(db, read_keys(settings.secret_path), settings.accounts)
    try:
        found, token = await accounts.has_accounts(), await accounts.setup_token()
    finally:
        await accounts.close()
        await db.close()
    lines = [f"Fermata is ready at {settings.origin}"]
    if not found:
        link = settings.accounts.setup_link(token) if token else f"{settings.origin}/set-up"
        lines.append(f"There is no account yet. Make the first one, the administrator's: {link}")
    return lines
