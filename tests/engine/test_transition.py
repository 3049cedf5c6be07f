"""One action on one task: every status and action, and what must hold afterwards."""
