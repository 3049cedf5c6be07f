"""Rows in one piece are read as the driver reads them column by column."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import ARRAY, BigInteger, Column, DateTime, Double, Integer, MetaData, String, Table, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.dialects.postgresql import UUID as PG_UUID

from models.base import status_type
from models.database import Database
from models.lifecycle import Status
from models.packed import Layout

# In an order that is not that of the record: some that may be null come before some that are never null.
COLUMNS = Table(
    "things",
    MetaData(),
    Column("words", ARRAY(String)),
    Column("id", PG_UUID(as_uuid=True), nullable=False),
    Column("name", String, nullable=False),
    Column("count", Integer),
    Column("number", Integer, nullable=False),
    Column("share", Double),
    Column("data", JSONB),
    Column("at", DateTime(timezone=True), nullable=False),
    Column("until", DateTime(timezone=True)),
    Column("status", status_type),
    Column("owner", PG_UUID(as_uuid=True)),
).c
LAYOUT = Layout(list(COLUMNS))
_TYPES = {"words": "text[]", "id": "uuid", "name": "text", "count": "int", "number": "int", "share": "float8"}
TYPES = _TYPES | {
    "data": "jsonb",
    "at": "timestamptz",
    "until": "timestamptz",
    "status": "task_status",
    "owner": "uuid",
}

TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12)
LITERALS = st.text("abcäß 😀", max_size=6)
WHOLE = st.integers(-(2**31), 2**31 - 1).map(str)
WORDS = st.sampled_from(["{}", "{one}", '{one,"two words",NULL,""}', "{{a,b},{c,NULL}}", "{ä,😀}"])
MOMENTS = st.sampled_from(
    [
        *("infinity", "-infinity", "0001-01-01 00:00:00Z", "9999-12-31 23:59:59.999999Z", "2000-01-01Z"),
        *("1999-12-31 23:59:59.999999Z", "2026-02-28 12:34:56.789+05:30", "1970-01-01Z"),
    ]
)
DATA = st.sampled_from(["{}", "[]", "null", "0", '{"a": [1, 2.5, "ä", null], "b": {"c": true}}', str(2**70), "1e400"])
VALUES: dict[str, st.SearchStrategy[str]] = {
    "words": WORDS,
    "id": st.uuids().map(str),
    "name": TEXTS,
    "count": WHOLE,
    "number": WHOLE,
    "share": st.floats(allow_subnormal=True).map(repr),
    "data": DATA,
    "at": MOMENTS,
    "until": MOMENTS,
    "status": st.sampled_from([status.value for status in Status]),
    "owner": st.uuids().map(str),
}


@st.composite
def things(draw: st.DrawFn) -> list[dict[str, str | None]]:
    """Values as PostgreSQL reads them, with nulls where they may be."""

    def value(name: str) -> str | None:
        return None if COLUMNS[name].nullable and draw(st.booleans()) else draw(VALUES[name])

    return [{name: value(name) for name in VALUES} for _ in range(draw(st.integers(1, 4)))]


async def read(db: Database, rows: list[dict[str, str | None]]) -> tuple[list[Any], list[bytes]]:
    """By the driver, and in one piece."""
    names = ", ".join(VALUES)
    given = {f"{name}_{number}": value for number, row in enumerate(rows) for name, value in row.items()}
    lines = ", ".join(
        f"({', '.join(f'cast(cast(:{name}_{number} as text) as {TYPES[name]})' for name in VALUES)})"
        for number in range(len(rows))
    )
    found = await db.fetch(
        text(
            f"select {names}, record_send(row({', '.join(LAYOUT.names)})) as packed"
            f" from (values {lines}) as things ({names})"
        ),
        given,
    )
    return list(found), [row["packed"] for row in found]  # pyright: ignore[reportArgumentType, reportCallIssue]  # by its name


@pytest.mark.every_postgres
@settings(
    max_examples=40,
    derandomize=True,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(things())
async def test_a_row_in_one_piece_is_what_the_driver_reads(db: Database, rows: list[dict[str, str | None]]) -> None:
    expected, packed = await read(db, rows)
    split = [LAYOUT.split(one) for one in packed]
    for place, name in enumerate(VALUES):
        assert repr(LAYOUT.column(name, split)) == repr([row[place] for row in expected]), name


async def test_equal_rows_are_equal_bytes_and_others_are_not(db: Database) -> None:
    row: dict[str, str | None] = dict.fromkeys(VALUES)
    row |= {"id": "00000000-0000-0000-0000-000000000001", "name": "n", "number": "1", "at": "2000-01-01Z"}
    _, [one, other, *changed] = await read(
        db,
        [row, dict(row), row | {"name": "m"}, row | {"count": "1"}, row | {"words": "{}"}, row | {"owner": row["id"]}],
    )
    assert one == other
    assert len({one, *changed}) == 5


async def test_a_moment_that_python_does_not_know_is_refused_as_the_driver_refuses_it(db: Database) -> None:
    late = text("select record_send(row(cast('20000-01-01' as timestamptz)))")
    layout = Layout([COLUMNS["at"]])
    packed = (await db.fetch(late, {}))[0][0]
    with pytest.raises(OverflowError):
        layout.column("at", [layout.split(packed)])


async def test_bytes_of_another_record_are_refused(db: Database) -> None:
    _, [packed] = await read(db, [dict.fromkeys(VALUES, "1") | GIVEN])
    with pytest.raises(ValueError, match="a record of"):
        LAYOUT.split(packed + b"\0")


GIVEN: dict[str, str | None] = {"words": None, "id": "00000000-0000-0000-0000-000000000001", "data": "{}"} | {
    "at": "2000-01-01Z",
    "until": None,
    "status": None,
    "owner": None,
}


@pytest.mark.parametrize("kind", [BigInteger(), DateTime(), ARRAY(Integer)], ids=repr)
def test_a_type_that_is_not_known_is_refused_beforehand(kind: Any) -> None:
    with pytest.raises(KeyError):
        Layout([Column("it", kind)])
