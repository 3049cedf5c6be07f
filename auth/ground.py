"""What everything about accounts needs, given once by server/app.py."""

import asyncio
from collections.abc import Coroutine

from sqlalchemy.ext.asyncio import AsyncConnection

from auth import sessions
from auth.client import Client
from auth.keys import Keys
from auth.mail import Mail
from auth.passwords import Passwords
from auth.sessions import SignedIn
from auth.settings import AuthSettings
from auth.throttle import Throttle
from models.database import Database
from models.user import User


class Ground:
    """The database, the keys, the settings, the mail (None: not set up), the hasher and the throttle."""

    def __init__(
        self,
        db: Database,
        keys: Keys,
        settings: AuthSettings,
        mail: Mail | None = None,
        *,
        passwords: Passwords | None = None,
        throttle: Throttle | None = None,
    ) -> None:
        self.db = db
        self.keys = keys
        self.settings = settings
        self.mail = mail
        self.passwords = passwords or Passwords()
        self.throttle = throttle or Throttle(db)
        self._running: set[asyncio.Task[None]] = set()

    async def open_session(
        self, connection: AsyncConnection, user: User, client: Client, password_hash: str | None
    ) -> SignedIn:
        """Open a session (auth/sessions.py). Raises `InvalidCredentials` when the account was disabled meanwhile."""
        return await sessions.begin(connection, self.keys, user, client, password_hash, self.settings.session_days)

    def later(self, work: Coroutine[None, None, None]) -> None:
        """Do something after the answer, so that its time tells nothing."""
        task = asyncio.create_task(work)
        self._running.add(task)
        task.add_done_callback(self._running.discard)

    async def close(self) -> None:
        """Finish what was left for later, and let the threads that hash end."""
        await asyncio.gather(*self._running, return_exceptions=True)
        self.passwords.close()
