"""Signing in with an identity provider: leaving, coming back, and everything that must not be believed."""

from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from fixtures.issuer import CLIENT_ID, PUBLIC, Key, StrictIssuer

from auth import oidc_issuer
from auth.errors import ProviderFailed, UnknownProvider
from auth.keys import Keys
from auth.oidc import Finished, Providers, Started, page
from auth.oidc_file import Provider


async def come_back(providers: Providers, started: Started, answer: dict[str, str]) -> Finished:
    return await providers.finish("strict", cookie=started.cookie, code=answer.get("code"), state=answer.get("state"))


async def test_the_code_flow_brings_back_who_signed_in(providers: Providers, issuer: StrictIssuer) -> None:
    started = await providers.begin("strict", "/w/ops")
    asked = parse_qs(urlsplit(started.url).query)
    assert asked["redirect_uri"] == [f"{PUBLIC}/auth/strict/callback"]
    done = await come_back(providers, started, issuer.let_in(started.url))
    assert done.return_to == "/w/ops"
    found = done.identity
    assert (found.subject, found.email, found.name) == ("subject-1", "ann@example.com", "Ann")
    assert (found.provider, found.issuer) == ("strict", issuer.address)


async def test_a_code_works_once(providers: Providers, issuer: StrictIssuer) -> None:
    started = await providers.begin("strict")
    answer = issuer.let_in(started.url)
    await come_back(providers, started, answer)
    with pytest.raises(ProviderFailed):
        await come_back(providers, started, answer)


async def test_a_code_of_another_browser_is_refused_by_pkce(providers: Providers, issuer: StrictIssuer) -> None:
    theirs, ours = await providers.begin("strict"), await providers.begin("strict")
    stolen = issuer.let_in(theirs.url)
    own = issuer.let_in(ours.url)
    with pytest.raises(ProviderFailed):
        await come_back(providers, ours, {"code": stolen["code"], "state": own["state"]})


async def test_coming_back_needs_the_browsers_own_state(providers: Providers, issuer: StrictIssuer) -> None:
    theirs, ours = await providers.begin("strict"), await providers.begin("strict")
    answer = issuer.let_in(theirs.url)
    with pytest.raises(ProviderFailed):
        await come_back(providers, ours, answer)
    for cookie in (None, "", "x", ours.cookie[:-2] + "AA"):
        with pytest.raises(ProviderFailed):
            await providers.finish("strict", cookie=cookie, code=answer["code"], state=answer["state"])
    assert await come_back(providers, theirs, answer)


async def test_a_token_with_another_nonce_is_refused(providers: Providers, issuer: StrictIssuer) -> None:
    started = await providers.begin("strict")
    answer = issuer.let_in(started.url)
    issuer.codes[answer["code"]]["nonce"] = "another"
    with pytest.raises(ProviderFailed):
        await come_back(providers, started, answer)


async def test_what_the_issuer_tells_elsewhere_counts_for_the_same_person_only(
    providers: Providers, issuer: StrictIssuer
) -> None:
    issuer.claims = {"email": None, "name": None}  # its word on a verified address goes with that address only
    issuer.metadata = {"userinfo_endpoint": f"{issuer.address}/userinfo"}
    told = {"sub": "subject-1", "email": "eve@example.com", "name": "Eve"}
    for userinfo, email in ((told, None), ({**told, "email_verified": True}, "eve@example.com")):
        issuer.userinfo = userinfo
        started = await providers.begin("strict")
        found = (await come_back(providers, started, issuer.let_in(started.url))).identity
        assert (found.subject, found.email, found.name) == ("subject-1", email, "Eve")
    issuer.userinfo = {**told, "sub": "subject-2", "email_verified": True}
    started = await providers.begin("strict")
    with pytest.raises(ProviderFailed):
        await come_back(providers, started, issuer.let_in(started.url))


async def test_an_answer_of_another_issuer_or_with_an_error_is_refused(
    providers: Providers, issuer: StrictIssuer
) -> None:
    started = await providers.begin("strict")
    answer = issuer.let_in(started.url)
    for more in ({"issuer": "https://evil.example"}, {"error": "access_denied"}):
        with pytest.raises(ProviderFailed):
            await providers.finish("strict", cookie=started.cookie, **answer, **more)
    assert await providers.finish("strict", cookie=started.cookie, issuer=issuer.address, **answer)


async def test_an_id_token_that_is_handed_in_is_verified(providers: Providers, issuer: StrictIssuer) -> None:
    assert (await providers.verify_id_token("strict", issuer.token())).email == "ann@example.com"
    several = issuer.token(aud=[CLIENT_ID, "another"], azp=CLIENT_ID)
    assert (await providers.verify_id_token("strict", several)).subject == "subject-1"


BAD: dict[str, dict[str, Any]] = {
    "another issuer": {"iss": "https://evil.example"},
    "no issuer": {"iss": None},
    "another audience": {"aud": "another"},
    "no audience": {"aud": None},
    "several audiences and no party": {"aud": [CLIENT_ID, "another"]},
    "several audiences and another party": {"aud": [CLIENT_ID, "another"], "azp": "another"},
    "another party": {"azp": "another"},
    "over": {"exp": 1_000_000_000},
    "no end": {"exp": None},
    "an end that is a text": {"exp": "9999999999"},
    "an endless end": {"exp": 10**400},
    "not yet": {"nbf": 9_999_999_999},
    "from the future": {"iat": 9_999_999_999, "exp": 9_999_999_999 + 60},
    "no time": {"iat": None},
    "no subject": {"sub": None},
    "a subject that is no text": {"sub": 7},
}


@pytest.mark.parametrize("claims", BAD.values(), ids=BAD.keys())
async def test_an_id_token_with_a_claim_that_is_wrong_is_refused(
    providers: Providers, issuer: StrictIssuer, claims: dict[str, Any]
) -> None:
    with pytest.raises(ProviderFailed):
        await providers.verify_id_token("strict", issuer.token(**claims))
    assert await providers.verify_id_token("strict", issuer.token())


@pytest.mark.parametrize(
    "headers",
    [{"typ": "at+jwt"}, {"crit": ["exp"]}, {"jku": "https://evil.example"}, {"jwk": {}}, {"x5u": "x"}, {"kid": 7}],
)
async def test_an_id_token_with_a_header_that_leads_elsewhere_is_refused(
    providers: Providers, issuer: StrictIssuer, headers: dict[str, object]
) -> None:
    with pytest.raises(ProviderFailed):
        await providers.verify_id_token("strict", issuer.token(headers=headers))


async def test_an_id_token_of_a_key_that_is_not_the_issuers_is_refused(
    providers: Providers, issuer: StrictIssuer
) -> None:
    for token in (issuer.token(Key("one", "RS256")), issuer.token(Key("one", "ES256")), "", "a.b.c", "x" * 20_000):
        with pytest.raises(ProviderFailed):
            await providers.verify_id_token("strict", token)


async def test_an_elliptic_key_is_as_good(providers: Providers, issuer: StrictIssuer) -> None:
    issuer.keys = [Key("rsa", "RS256"), Key("elliptic", "ES256")]
    assert await providers.verify_id_token("strict", issuer.token(issuer.keys[1]))
    assert await providers.verify_id_token("strict", issuer.token(issuer.keys[0]))


async def test_new_keys_are_found_and_looked_for_once_a_minute_at_most(
    providers: Providers, issuer: StrictIssuer, monkeypatch: pytest.MonkeyPatch
) -> None:
    await providers.verify_id_token("strict", issuer.token())
    issuer.keys = [Key("two", "RS256")]
    for _ in range(3):
        with pytest.raises(ProviderFailed):
            await providers.verify_id_token("strict", issuer.token())
    assert issuer.asked.count("/jwks_uri") == 1
    monkeypatch.setattr(oidc_issuer, "AGAIN", -1.0)
    assert await providers.verify_id_token("strict", issuer.token())
    assert issuer.asked.count("/jwks_uri") == 2


async def test_keys_serve_on_while_the_issuer_cannot_be_reached(
    providers: Providers, issuer: StrictIssuer, monkeypatch: pytest.MonkeyPatch
) -> None:
    await providers.verify_id_token("strict", issuer.token())
    issuer.broken = True
    monkeypatch.setattr(oidc_issuer, "KEEP", -1.0)
    assert await providers.verify_id_token("strict", issuer.token())
    assert len(issuer.asked) == 4


async def test_an_issuer_that_cannot_be_reached_at_all_is_said_so(providers: Providers, issuer: StrictIssuer) -> None:
    issuer.broken = True
    with pytest.raises(ProviderFailed):
        await providers.begin("strict")
    issuer.broken = False
    assert await providers.begin("strict")


@pytest.mark.parametrize(
    "metadata", [{"issuer": "https://evil.example"}, {"jwks_uri": "http://evil.example/keys"}, {"jwks_uri": None}]
)
async def test_an_issuer_that_publishes_nonsense_is_not_used(
    providers: Providers, issuer: StrictIssuer, metadata: dict[str, object]
) -> None:
    issuer.metadata = metadata
    with pytest.raises(ProviderFailed):
        await providers.begin("strict")


@pytest.mark.parametrize(("claim", "email"), [(True, "ann@example.com"), ("true", "ann@example.com"), (False, None)])
async def test_an_address_counts_when_the_issuer_verified_it(
    providers: Providers, issuer: StrictIssuer, claim: object, email: str | None
) -> None:
    found = await providers.verify_id_token("strict", issuer.token(email_verified=claim))
    assert found.email == email


async def test_only_addresses_of_the_domains_that_are_named_may_sign_in(issuer: StrictIssuer, keys: Keys) -> None:
    provider = Provider(
        name="strict", label="Strict", issuer=issuer.address, client_id=CLIENT_ID, domains=("example.com",)
    )
    providers = Providers([provider], keys, PUBLIC, timeout=60)
    assert await providers.verify_id_token("strict", issuer.token(email="ann@EXAMPLE.com"))
    for email in ("ann@example.com.evil.example", "ann@sub.example.com", None):
        with pytest.raises(ProviderFailed):
            await providers.verify_id_token("strict", issuer.token(email=email))
    await providers.close()


async def test_a_provider_that_is_not_there_is_said_so(providers: Providers) -> None:
    for asked in (providers.begin("x"), providers.verify_id_token("x", "y")):
        with pytest.raises(UnknownProvider):
            await asked
    assert [(option.name, option.sign_in_url) for option in providers.options] == [
        ("strict", f"{PUBLIC}/auth/strict/start")
    ]


OTHERS = ["//evil.example", "https://evil.example", "/\\evil.example", "/.//evil.example", "/a\nb", "", None]


@pytest.mark.parametrize("address", OTHERS)
def test_going_back_to_another_site_is_going_home(address: str | None) -> None:
    assert page(address) == "/"
    assert page("/w/ops?status=PAUSED#x") == "/w/ops?status=PAUSED#x"
