-- A new API token. No row: it would hold more than its maker does, or its end is not in the future; an API token makes
-- others only where it is an ADMIN's, so that a lost one of less cannot make itself last.
insert into api_tokens (id, workspace_id, name, role, created_by, secret_hash, expires_at)
select cast(:id as uuid), cast(:workspace_id as uuid), cast(:name as varchar), cast(:role as role),
  cast(:actor_id as uuid), cast(:secret_hash as bytea), cast(:expires_at as timestamptz)
from effective_role(cast(:workspace_id as uuid), cast(:actor_id as uuid), cast(:session_id as uuid), cast(:token_id as uuid)) r
where r.role >= cast(:role as role) and (cast(:token_id as uuid) is null or r.role = 'ADMIN')
  and (cast(:expires_at as timestamptz) is null or cast(:expires_at as timestamptz) > clock_timestamp())
returning id, workspace_id, name, role, created_by, created_at, last_used_at, expires_at
