"""Histories of refresh tokens against a model of a few lines: whoever presents whichever token, whenever."""

from dataclasses import dataclass, field
from random import Random

import pytest
from fixtures.people import CLIENT, PASSWORD, SignUp, later

from auth.accounts import Accounts
from auth.errors import Unauthenticated
from auth.sessions import GRACE
from models.database import Database

STORIES, STEPS = 40, 12
SHORT, LONG = 2.0, 30.0  # seconds that pass; two short ones stay within the grace by far, a long one leaves it


@dataclass
class Family:
    """What must be true: the chain of tokens, when each was used, and whether the session lives."""

    chain: list[str]
    used: dict[str, float] = field(default_factory=dict)
    alive: bool = True
    now: float = 0.0
    shorts: int = 0

    def expected(self, token: str) -> str:
        """What presenting `token` must lead to; changes the model accordingly."""
        if not self.alive:
            return "refused"
        if token not in self.used:
            self.used[token] = self.now
            return "rotated"
        if self.now - self.used[token] < GRACE:
            return "repeated"
        self.alive = False
        return "refused"

    def pass_time(self, random: Random) -> float:
        """Seconds to let pass: never so many short ones that the grace would be a matter of milliseconds."""
        seconds = random.choice([0.0, SHORT, LONG])
        if seconds == SHORT:
            self.shorts += 1
            seconds = LONG if self.shorts > 2 else SHORT
        if seconds == LONG:
            self.shorts = 0
        self.now += seconds
        return seconds


async def test_every_history_of_refresh_tokens_ends_as_the_model_says(
    sign_up: SignUp, accounts: Accounts, db: Database
) -> None:
    random, outcomes = Random(20261128), list[str]()
    await sign_up("ann")
    for _ in range(STORIES):
        signed_in = await accounts.sign_in(CLIENT, email="ann@example.com", password=PASSWORD)
        family = Family([signed_in.refresh_token])
        for _ in range(STEPS):
            seconds = family.pass_time(random)
            if seconds:
                await later(db, seconds)
            token = random.choice(family.chain[-3:])
            outcomes.append(family.expected(token))
            await _present(accounts, family, token, outcomes[-1])
    assert {outcome: outcomes.count(outcome) > 20 for outcome in set(outcomes)} == {
        "rotated": True,
        "repeated": True,
        "refused": True,
    }


async def _present(accounts: Accounts, family: Family, token: str, expected: str) -> None:
    if expected == "refused":
        with pytest.raises(Unauthenticated):
            await accounts.refresh(CLIENT, token)
        return
    answer = await accounts.refresh(CLIENT, token)
    if expected == "rotated":
        assert answer.refresh_token not in family.chain
        family.chain.append(answer.refresh_token)
    assert answer.refresh_token == family.chain[-1]
