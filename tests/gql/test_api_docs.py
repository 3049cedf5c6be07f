"""docs/api.md says what is true: every limit with its value, every error with its message, and only these."""

import re
from dataclasses import asdict
from pathlib import Path

from graphql import parse, validate

from gql import errors, streaming
from gql.execution import core
from gql.limits import Limits
from gql.schema import schema

TEXT = (Path(__file__).parents[2] / "docs" / "api.md").read_text()


def test_the_table_of_limits_is_that_of_the_code() -> None:
    rows = re.findall(r"^\| `(\w+)` \| (\d+) \|", TEXT, re.M)
    assert {name: int(value) for name, value in rows} == asdict(Limits())


def test_the_table_of_errors_is_that_of_the_code() -> None:
    rows = re.findall(r"^\| ([A-Z_]{5,}) \| (.+?) \|", TEXT, re.M)
    told = {kind.code.value: " ".join((kind.__doc__ or "").split()) for kind in errors.FermataError.__subclasses__()}
    assert dict(rows) == told
    assert len(rows) == len(errors.ErrorCode)


def test_the_figures_of_streams_are_those_of_the_code() -> None:
    pace = streaming.Pace()
    assert f"every {pace.keep_alive:.0f} seconds" in TEXT
    assert f"At most {pace.most:,} streams" in TEXT


def test_the_documents_of_the_page_are_valid() -> None:
    blocks = re.findall(r"```graphql\n(.*?)```", TEXT, re.S)
    quoted = re.findall(r'"query": "(.*?[^\\])"', TEXT) + re.findall(r"'query=(.*?)'", TEXT)
    documents = [*blocks, *(text.replace('\\"', '"') for text in quoted)]
    assert len(documents) == 6
    for text in documents:
        assert validate(core(schema), parse(text)) == [], text
