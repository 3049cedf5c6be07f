-- A new invitation. No row: not an ADMIN.
insert into invitations (id, workspace_id, email, role, token_hash, invited_by, expires_at)
select cast(:id as uuid), cast(:workspace_id as uuid), cast(:email as varchar), cast(:role as role),
  cast(:token_hash as bytea), cast(:actor_id as uuid), clock_timestamp() + make_interval(days => cast(:days as integer))
from effective_role(cast(:workspace_id as uuid), cast(:actor_id as uuid), cast(:session_id as uuid), cast(:token_id as uuid)) r
where r.role = 'ADMIN'
returning id, workspace_id, email, role, expires_at, invited_by
