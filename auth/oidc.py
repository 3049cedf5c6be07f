"""OpenID issuers with whom people may sign in, besides a password. None are known yet: this file is about to grow."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NoReturn

from auth.errors import UnknownProvider


@dataclass(frozen=True, slots=True)
class Option:
    """What the sign-in page shows of an issuer."""

    name: str
    label: str
    sign_in_url: str | None


class Providers:
    """The issuers of the TOML file of FERMATA_OIDC_FILE."""

    options: Sequence[Option] = ()

    async def verify_id_token(self, provider: str, id_token: str) -> NoReturn:
        """Raises `UnknownProvider` for a name that `options` does not hold."""
        raise UnknownProvider
