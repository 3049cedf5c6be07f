"""Signing in with a certified OpenID provider that insists on PKCE: what it lets through, what it refuses, what we refuse."""

from collections.abc import AsyncGenerator, Generator

import pytest
import pytest_asyncio
from authlib.integrations.base_client import OAuthError
from fixtures.strict_provider import CLIENT_ID, CLIENT_SECRET, StrictProvider, strict_provider

from auth.errors import ProviderFailed, SignInDeclined, SignInStale
from auth.keys import Keys
from auth.oidc import Finished, Providers, Started
from auth.oidc_file import Provider
from auth.sealed import seal, unseal

PUBLIC = "http://127.0.0.1:8000"


@pytest.fixture(scope="module")
def strict() -> Generator[StrictProvider]:
    with strict_provider(f"{PUBLIC}/auth/strict/callback") as provider:
        yield provider


@pytest_asyncio.fixture
async def providers(strict: StrictProvider, keys: Keys) -> AsyncGenerator[Providers]:
    provider = Provider(
        name="strict", label="Strict", issuer=strict.address, client_id=CLIENT_ID, client_secret=CLIENT_SECRET
    )
    made = Providers([provider], keys, PUBLIC, timeout=60)
    yield made
    await made.close()


async def finish(providers: Providers, cookie: str, back: dict[str, str]) -> Finished:
    given = {"issuer": back.get("iss"), **{name: back.get(name) for name in ("code", "state", "error")}}
    return await providers.finish("strict", cookie=cookie, **given)


def changed(keys: Keys, started: Started, **other: str) -> str:
    """What the browser carries, with other values in it: as if one who has our key had tampered with it."""
    carried = unseal(keys.sign_in_state, "strict", started.cookie)
    assert carried is not None
    assert set(other) <= set(carried)
    return seal(keys.sign_in_state, "strict", {**carried, **other}, seconds=60)


async def test_a_person_signs_in_with_a_provider_that_insists_on_pkce(
    providers: Providers, strict: StrictProvider
) -> None:
    started = await providers.begin("strict", "/w/ops")
    back = await strict.sign_in(started.url)
    assert back["iss"] == strict.address
    done = await finish(providers, started.cookie, back)
    found = done.identity
    assert (found.issuer, found.subject, done.return_to) == (strict.address, "ann", "/w/ops")
    # This provider tells them at its userinfo endpoint, and not in the ID token.
    assert (found.email, found.name) == ("ann@example.com", "Ann")


async def test_an_address_that_the_provider_has_not_verified_counts_for_nothing(
    providers: Providers, strict: StrictProvider
) -> None:
    started = await providers.begin("strict")
    found = (await finish(providers, started.cookie, await strict.sign_in(started.url, "bob"))).identity
    assert (found.subject, found.email) == ("bob", None)


async def test_a_request_without_a_challenge_gets_no_code(providers: Providers, strict: StrictProvider) -> None:
    started = await providers.begin("strict")
    back = await strict.sign_in(started.url.replace("code_challenge", "no_challenge"))
    assert back["error"] == "invalid_request"
    with pytest.raises(SignInDeclined):
        await finish(providers, started.cookie, back)


async def test_a_replayed_code_is_refused(providers: Providers, strict: StrictProvider) -> None:
    started = await providers.begin("strict")
    back = await strict.sign_in(started.url)
    await finish(providers, started.cookie, back)
    with pytest.raises(ProviderFailed) as refused:
        await finish(providers, started.cookie, back)
    assert said(refused.value) == "invalid_grant"


async def test_a_code_with_another_verifier_is_refused(
    providers: Providers, strict: StrictProvider, keys: Keys
) -> None:
    started = await providers.begin("strict")
    back = await strict.sign_in(started.url)
    with pytest.raises(ProviderFailed) as refused:
        await finish(providers, changed(keys, started, verifier="v" * 43), back)
    assert said(refused.value) == "invalid_grant"


async def test_an_id_token_with_another_nonce_is_refused(
    providers: Providers, strict: StrictProvider, keys: Keys
) -> None:
    started = await providers.begin("strict")
    back = await strict.sign_in(started.url)
    with pytest.raises(ProviderFailed) as refused:
        await finish(providers, changed(keys, started, nonce="another"), back)
    assert refused.value.__cause__ is None  # the provider gave its token: it is we who refuse it


async def test_another_state_is_refused_and_spends_no_code(providers: Providers, strict: StrictProvider) -> None:
    started, other = await providers.begin("strict"), await providers.begin("strict")
    back = await strict.sign_in(started.url)
    for cookie, state in ((other.cookie, back["state"]), (started.cookie, "another"), (None, back["state"])):
        with pytest.raises(SignInStale):
            await providers.finish("strict", cookie=cookie, code=back["code"], state=state)
    assert (await finish(providers, started.cookie, back)).identity.subject == "ann"


async def test_a_code_goes_to_the_client_that_has_the_secret_only(strict: StrictProvider, keys: Keys) -> None:
    wrong = Provider(name="strict", label="S", issuer=strict.address, client_id=CLIENT_ID, client_secret="guessed")
    providers = Providers([wrong], keys, PUBLIC, timeout=60)
    started = await providers.begin("strict")
    with pytest.raises(ProviderFailed) as refused:
        await finish(providers, started.cookie, await strict.sign_in(started.url))
    assert said(refused.value) == "invalid_client"
    await providers.close()


def said(error: ProviderFailed) -> str:
    """The code of the error that the provider's token endpoint answered."""
    assert isinstance(error.__cause__, OAuthError)
    return str(error.__cause__.error)
