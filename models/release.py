"""Which version this is: the one place that says it, also in an image that has no pyproject.toml (a test holds them equal)."""

VERSION = "0.1.0"
