"""A typed client of a Fermata: `Fermata` waits for each answer, `AsyncFermata` is awaited."""

from fermata_client.client import AsyncFermata, Fermata
from fermata_client.errors import (
    Busy,
    FermataError,
    Forbidden,
    IllegalTransition,
    InvalidInput,
    NoAnswer,
    NotFound,
    Unauthenticated,
    VersionConflict,
)

__version__ = "0.1.0"
__all__ = [
    "AsyncFermata",
    "Busy",
    "Fermata",
    "FermataError",
    "Forbidden",
    "IllegalTransition",
    "InvalidInput",
    "NoAnswer",
    "NotFound",
    "Unauthenticated",
    "VersionConflict",
    "__version__",
]
