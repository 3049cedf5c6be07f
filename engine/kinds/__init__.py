"""What a task can do: kinds, the catalogue of them, and the work behind each."""

from engine.errors import Problem
from engine.kinds.catalogue import Catalogue
from engine.kinds.context import Context, PutDown
from engine.kinds.errors import KindsError, WorkError
from engine.kinds.kind import Kind, Limits, Work

__all__ = ["Catalogue", "Context", "Kind", "KindsError", "Limits", "Problem", "PutDown", "Work", "WorkError"]
