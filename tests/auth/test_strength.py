"""How strong and how recent a sign-in at a provider has to be: asked for, and not believed until its ID token says so."""

import time
from collections.abc import AsyncGenerator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import pytest_asyncio
from fixtures.issuer import CLIENT_ID, PUBLIC, StrictIssuer

from auth.errors import ProviderFailed
from auth.keys import Keys
from auth.oidc import Providers
from auth.oidc_file import Provider

AGE = 300
WEAKER: dict[str, dict[str, Any]] = {
    "no class": {"acr": None},
    "another class": {"acr": "bronze"},
    "a class that is no text": {"acr": ["gold"]},
    "no methods": {"amr": None},
    "a method too few": {"amr": ["mfa"]},
    "a text that holds the methods": {"amr": "otp mfa"},
    "no time": {"auth_time": None},
    "too long ago": {"auth_time": 1_000_000_000},
    "a time that is a text": {"auth_time": "9999999999"},
}


def strong_enough(**changed: Any) -> dict[str, Any]:
    """The claims of a sign-in that does, but for what is changed."""
    return {"acr": "gold", "amr": ["pwd", "otp", "mfa"], "auth_time": int(time.time()), **changed}


@pytest_asyncio.fixture
async def strong(issuer: StrictIssuer, keys: Keys) -> AsyncGenerator[Providers]:
    provider = Provider(
        name="strict",
        label="Strict",
        issuer=issuer.address,
        client_id=CLIENT_ID,
        acr=("gold", "silver"),
        amr=("otp", "mfa"),
        max_age=AGE,
    )
    made = Providers([provider], keys, PUBLIC, timeout=60)
    yield made
    await made.close()


@pytest.mark.parametrize("claims", WEAKER.values(), ids=WEAKER.keys())
async def test_a_sign_in_that_is_weaker_or_older_than_the_settings_want_is_refused(
    strong: Providers, issuer: StrictIssuer, claims: dict[str, Any]
) -> None:
    with pytest.raises(ProviderFailed):
        await strong.verify_id_token("strict", issuer.token(**strong_enough(**claims)))
    assert await strong.verify_id_token("strict", issuer.token(**strong_enough(auth_time=int(time.time()) - AGE + 60)))
    assert await strong.verify_id_token("strict", issuer.token(**strong_enough(acr="silver")))


async def test_what_the_settings_want_is_asked_for_on_the_way_there(
    strong: Providers, providers: Providers, issuer: StrictIssuer
) -> None:
    started = await strong.begin("strict")
    asked = parse_qs(urlsplit(started.url).query)
    assert (asked["acr_values"], asked["max_age"]) == (["gold silver"], [str(AGE)])
    answer = issuer.let_in(started.url)
    with pytest.raises(ProviderFailed):  # the issuer lets people in without it
        await strong.finish("strict", cookie=started.cookie, code=answer["code"], state=answer["state"])
    plain = parse_qs(urlsplit((await providers.begin("strict")).url).query)
    assert not {"acr_values", "max_age"} & set(plain)
