-- API tokens by id that were not revoked, for those who made them and for admins of their workspaces.
-- Answers: a row for each; none for what is revoked, unknown, or neither one's own nor of a workspace that one administers.
select t.id, t.workspace_id, t.name, t.role, t.created_by, t.created_at, t.last_used_at, t.expires_at
from api_tokens t
cross join effective_role(
  t.workspace_id, cast(:user_id as uuid), cast(:session_id as uuid), cast(:token_id as uuid)
) r
where t.id = any(cast(:ids as uuid[])) and t.revoked_at is null
  and (t.created_by = cast(:user_id as uuid) or r.role = 'ADMIN')
