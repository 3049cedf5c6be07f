"""Figures are printed in one way: tables of markdown, numbers to the right, with no more digits than mean something."""

from bench.tables import Table, machine


def test_a_table_is_markdown_with_its_note() -> None:
    table = Table("Speed", ("what", "per second", "ratio"), note="Aim: 2.")
    table.add("one", 12_345.6, 1.0)
    table.add("two", 12.34, 0.123)
    assert table.text() == (
        "### Speed\n\n| what | per second | ratio |\n| --- | ---: | ---: |\n"
        "| one | 12,346 | 1.00 |\n| two | 12.3 | 0.12 |\n\nAim: 2.\n"
    )


def test_the_machine_is_said_with_its_load_and_versions() -> None:
    said = machine()
    assert "load of the last 1, 5 and 15 minutes" in said
    assert "strawberry-graphql " in said
