"""Every figure that the documents claim, as a command."""
