"""The SQL of the engine: engine/sql, one statement a file."""

from pathlib import Path

from models.statements import Statements

statement = Statements(Path(__file__).parent / "sql")
