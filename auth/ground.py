"""What everything about accounts needs, given once by server/app.py."""

from auth.keys import Keys
from auth.mail import Mail
from auth.passwords import Passwords
from auth.settings import AuthSettings
from auth.throttle import Throttle
from models.database import Database


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

    def close(self) -> None:
        """Let the threads that hash end."""
        self.passwords.close()
