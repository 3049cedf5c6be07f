"""The SQL of the engine: engine/sql, one statement a file."""

from pathlib import Path

from sqlalchemy import text

from models.statements import Statements

# In front of a statement whose plan depends on its values or on how many there are, within its transaction: a plan that was
# kept for a few rows nests loops over thousands (measured: 44 s instead of 0.8 for 10,000 tasks in one call).
PLAN_EACH_TIME = text("set local plan_cache_mode = force_custom_plan")

statement = Statements(Path(__file__).parent / "sql")
