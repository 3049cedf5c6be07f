-- In which workspace an API token is, and whose it is. No row: not there, revoked, or not in a workspace of the one who asks.
select t.workspace_id from api_tokens t
cross join effective_role(t.workspace_id, cast(:actor_id as uuid), cast(:session_id as uuid), cast(:token_id as uuid)) r
where t.id = cast(:id as uuid) and t.revoked_at is null
