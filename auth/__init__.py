"""Who: credentials become a principal, and accounts, sessions, members, invitations and tokens are kept.

Knows nothing of tasks, GraphQL or HTTP: what it refuses, it refuses with an exception of auth/errors.py.
"""
