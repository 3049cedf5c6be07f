-- Whoever changes members, invitations or tokens of a workspace locks its row first: one after the other, no deadlocks.
select id from workspaces where id = cast(:workspace_id as uuid) for no key update
