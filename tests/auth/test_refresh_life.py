"""The life of refresh tokens against a model of a few lines: whoever presents whichever token, whenever, at once or alone.

The real statements on a real PostgreSQL. Time is the model's: before each step the ages of all tokens are written into the
database, so that the seconds which the test itself takes decide nothing.
"""

import asyncio
import os
from collections.abc import Coroutine
from dataclasses import dataclass, field
from typing import Any, TypeVar
from uuid import UUID, uuid4

from fixtures.people import CLIENT, PASSWORD, authenticate
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import text

from auth.accounts import Accounts
from auth.errors import Unauthenticated
from auth.keys import Keys, fingerprint
from auth.passwords import Passwords
from auth.sessions import DAYS, GRACE, SignedIn
from auth.settings import AuthSettings
from models.database import Database

T = TypeVar("T")
EXAMPLES = int(os.environ.get("FERMATA_TEST_EXAMPLES", "10"))
KEYS = Keys(b"k" * 32)
SHORT, DAY = 6.0, 86_400.0  # seconds; one short step stays within the grace by far, two leave it
AGE = text(
    "update refresh_tokens set used_at = clock_timestamp() - make_interval(secs => cast(:age as double precision))"
    " where token_hash = :hash and used_at is not null"
)
LEFT = text(
    "update sessions set expires_at = clock_timestamp() + make_interval(secs => cast(:left as double precision)),"
    " created_at = clock_timestamp() - make_interval(secs => cast(:old as double precision))"
    " where id = :id and revoked_at is null"
)
LONGEST = 45  # days, of whatever session


@dataclass
class Family:
    """A session: its tokens in their order, when it began, when each was used first, and when the last of them was given."""

    session: UUID
    access: str
    chain: list[str]
    began: float
    given: float
    used: dict[str, float] = field(default_factory=dict)
    ended: bool = False

    def alive(self, now: float) -> bool:
        """Whether it holds: not ended."""
        return not self.ended and now < self.ends

    @property
    def ends(self) -> float:
        """When it ends by itself: thirty days after its last use, and on its last day whatever is done."""
        return min(self.given + DAYS * DAY, self.began + LONGEST * DAY)

    def present(self, token: str, now: float) -> str:
        """What presenting a token must lead to; changes the model accordingly."""
        if not self.alive(now):
            return "refused"
        if token not in self.used:
            self.used[token] = self.given = now
            return "rotated"
        if now - self.used[token] < GRACE:
            return "repeated"
        self.ended = True
        return "stolen"


class RefreshLife(RuleBasedStateMachine):
    """A person with some sessions; a browser whose tabs share a cookie; someone who may have copied any token."""

    url = ""
    passwords: Passwords

    def __init__(self) -> None:
        super().__init__()
        self.runner = asyncio.Runner()
        self.db = Database(self.url, size=6, timeout=60)
        self.accounts = Accounts(self.db, KEYS, AuthSettings(session_days=LONGEST), passwords=self.passwords)
        self.email = f"{uuid4().hex}@example.com"
        self.now = 0.0
        self.families: list[Family] = []
        self.thefts = 0

    def run(self, coroutine: Coroutine[Any, Any, T]) -> T:
        return self.runner.run(coroutine)

    def teardown(self) -> None:
        self.run(self.db.close())
        self.runner.close()

    @initialize()
    def sign_up(self) -> None:
        self._opened(self.run(self.accounts.sign_up(CLIENT, email=self.email, password=PASSWORD, display_name="Ann")))

    @property
    def living(self) -> list[Family]:
        return [family for family in self.families if family.alive(self.now)]

    @precondition(lambda self: len(self.living) < 2)
    @rule()
    def sign_in(self) -> None:
        self._opened(self.run(self.accounts.sign_in(CLIENT, email=self.email, password=PASSWORD)))

    @precondition(lambda self: self.living)
    @rule(data=st.data(), back=st.integers(0, 3))
    def present_a_token(self, data: st.DataObject, back: int) -> None:
        """The newest by its owner, an older one by a tab that was late or by someone who copied it."""
        family = data.draw(st.sampled_from(self.living))
        self._present(family, family.chain[max(0, len(family.chain) - 1 - back)])

    @precondition(lambda self: len(self.living) < len(self.families))
    @rule(data=st.data())
    def present_a_token_of_what_has_ended(self, data: st.DataObject) -> None:
        family = data.draw(st.sampled_from([one for one in self.families if not one.alive(self.now)]))
        self._present(family, data.draw(st.sampled_from(family.chain)))

    @precondition(lambda self: self.living)
    @rule(data=st.data(), tabs=st.integers(2, 5))
    def tabs_refresh_at_once(self, data: st.DataObject, tabs: int) -> None:
        """All read the same cookie: whatever the order, everyone gets the same successor and nobody is signed out."""
        family = data.draw(st.sampled_from(self.living))
        token = family.chain[-1]
        self._write_ages()
        answers = self.run(self._at_once(token, tabs))
        assert family.present(token, self.now) == "rotated"
        following = {answer.refresh_token for answer in answers if answer is not None}
        assert None not in answers and len(following) == 1 and following.isdisjoint(family.chain)
        family.chain += following
        assert family.alive(self.now)

    @precondition(lambda self: self.living)
    @rule(data=st.data(), late=st.sampled_from([0.0, SHORT, 2 * SHORT]))
    def an_answer_is_lost_and_asked_for_again(self, data: st.DataObject, late: float) -> None:
        """The client still holds the token that it sent; within ten seconds it gets what it missed."""
        family = data.draw(st.sampled_from(self.living))
        token = family.chain[-1]
        self._present(family, token)
        self.now += late
        self._present(family, token)

    @rule(seconds=st.sampled_from([SHORT, 2 * SHORT, 10 * DAY]))
    def time_passes(self, seconds: float) -> None:
        self.now += seconds

    @precondition(lambda self: self.living)
    @rule(data=st.data())
    def sign_out(self, data: st.DataObject) -> None:
        family = data.draw(st.sampled_from(self.living))
        self._write_ages()
        user = self.run(authenticate(self.db, KEYS, f"Bearer {family.access}"))
        assert user is not None
        self.run(self.accounts.revoke_session(user.authority, family.session))
        family.ended = True

    @invariant()
    def who_is_signed_in_is_who_the_model_says(self) -> None:
        self._write_ages()
        held = self.run(self._held())
        assert held == [family.alive(self.now) for family in self.families]

    @invariant()
    def only_a_token_that_came_too_late_is_told_as_a_theft(self) -> None:
        assert self.run(self._told()) == self.thefts

    def _opened(self, made: SignedIn) -> None:
        self.families.append(Family(made.session_id, made.access.text, [made.refresh_token], self.now, self.now))

    def _present(self, family: Family, token: str) -> None:
        self._write_ages()
        expected = family.present(token, self.now)
        self.thefts += expected == "stolen"
        (answer,) = self.run(self._at_once(token, 1))
        if expected in ("refused", "stolen"):
            assert answer is None
            return
        assert answer is not None and answer.session_id == family.session
        if expected == "rotated":
            assert answer.refresh_token not in family.chain
            family.chain.append(answer.refresh_token)
        assert answer.refresh_token == family.chain[-1]
        family.access = answer.access.text

    async def _at_once(self, token: str, times: int) -> list[SignedIn | None]:
        async def one() -> SignedIn | None:
            try:
                return await self.accounts.refresh(CLIENT, token)
            except Unauthenticated:
                return None

        return list(await asyncio.gather(*(one() for _ in range(times))))

    def _write_ages(self) -> None:
        self.run(self._ages())

    async def _ages(self) -> None:
        used = [(fingerprint(token), at) for family in self.families for token, at in family.used.items()]
        async with self.db.transaction() as connection:
            for family in self.families:
                left, old = family.ends - self.now, self.now - family.began
                await connection.execute(LEFT, {"id": family.session, "left": left, "old": old})
            if used:
                await connection.execute(AGE, [{"hash": hash, "age": self.now - at} for hash, at in used])

    async def _held(self) -> list[bool]:
        held: list[bool] = []
        for family in self.families:
            try:
                held.append(await authenticate(self.db, KEYS, f"Bearer {family.access}") is not None)
            except Unauthenticated:
                held.append(False)
        return held

    async def _told(self) -> int:
        told = text(
            "select count(*) from events where action = 'SESSION_REVOKED' and detail ->> 'why' is not null"
            " and detail ->> 'session' = any(:sessions)"
        )
        async with self.db.one() as connection:
            sessions = [str(family.session) for family in self.families]
            return (await connection.execute(told, {"sessions": sessions})).scalar_one()


def test_any_history_of_refresh_tokens_goes_as_the_model_says(database_url: str, passwords: Passwords) -> None:
    RefreshLife.url, RefreshLife.passwords = database_url, passwords
    run_state_machine_as_test(
        RefreshLife, settings=settings(max_examples=EXAMPLES, stateful_step_count=25, deadline=None, database=None)
    )
