-- The API tokens that were not revoked: one's own, and all of them for an ADMIN. One row with nulls: none.
-- No row: the workspace is not there, or not theirs.
select t.id, t.workspace_id, t.name, t.role, t.created_by, t.created_at, t.last_used_at, t.expires_at
from effective_role(cast(:workspace_id as uuid), cast(:actor_id as uuid), cast(:session_id as uuid), cast(:token_id as uuid)) r
left join api_tokens t on t.workspace_id = cast(:workspace_id as uuid) and t.revoked_at is null
  and (r.role = 'ADMIN' or t.created_by = cast(:actor_id as uuid))
order by t.created_at, t.id
