"""Who: credentials, accounts, memberships and rights. Blind to the engine."""
