"""Alembic's migrations, applied at start under an advisory lock."""
