-- In which workspace an open invitation is. No row: not there, not open, or not in a workspace of the one who asks.
select i.workspace_id from invitations i
cross join effective_role(i.workspace_id, cast(:actor_id as uuid), cast(:session_id as uuid), cast(:token_id as uuid)) r
where i.id = cast(:id as uuid) and i.accepted_at is null and i.revoked_at is null
