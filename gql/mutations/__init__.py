"""What can be changed: the root fields of `Mutation`, a file for each part of the contract."""

import strawberry

from gql.mutations.accounts import AccountMutations
from gql.mutations.tasks import TaskMutations
from gql.mutations.workspaces import WorkspaceMutations


@strawberry.type(description="What can be changed. Every field takes the HTTP header Idempotency-Key.")
class Mutation(AccountMutations, WorkspaceMutations, TaskMutations):
    """Root fields run one after the other."""
