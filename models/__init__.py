"""The ground: what a task, a user, an event is. No input or output."""
