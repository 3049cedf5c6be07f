"""What is not yours does not exist: the same statements in the same order and the same bytes as for an id that was never given."""

import json
from collections.abc import Mapping
from typing import Any

from fixtures.operations import MUTATIONS, QUERIES, Operation, Scene, never_given
from fixtures.sent import sent
from fixtures.surface import Asker
from fixtures.world import World, build

from gql.context import Services

# Those that are told by something else than an id: a secret, an address, a password.
BY_OTHERS = ("acceptInvitation", "requestPasswordReset", "resetPassword", "refreshSession")
ABOUT_AN_ID = {
    name: operation
    for name, operation in {**QUERIES, **MUTATIONS}.items()
    if "$id" in operation.document or "$w" in operation.document or "$slug" in operation.document
}


async def told(
    services: Services, world: World, operation: Operation, variables: Mapping[str, Any]
) -> tuple[str, list[str]]:
    """The bytes of an answer to the outsider, without ids, and the statements that it took."""
    with sent(services.db) as statements:
        answer = await Asker(services)(operation.document, variables, as_=world["outsider"])
    bytes_ = json.dumps(answer)
    for value in variables.values():
        for id in value if isinstance(value, list) else [value]:
            bytes_ = bytes_.replace(id, "…")
    return bytes_, statements


async def test_what_is_not_yours_is_answered_like_what_was_never_there(surface: Services) -> None:
    world = await build(surface, "VIEWER", "outsider")
    scene = Scene(surface, world, None, own=False)
    different: dict[str, Any] = {}
    for name, operation in ABOUT_AN_ID.items():
        others = await operation.variables(scene)
        unknown = {key: never_given(value) for key, value in others.items()}
        found, other = [await told(surface, world, operation, asked) for asked in (others, unknown)]
        assert found[1] or "FORBIDDEN" in found[0], f"{name}: somebody was asked, or nobody needed to be"
        if found != other:
            different[name] = found, other
    assert different == {}


def test_every_operation_about_an_id_is_compared() -> None:
    assert len(ABOUT_AN_ID) == 25
    assert not set(BY_OTHERS) & set(ABOUT_AN_ID)
