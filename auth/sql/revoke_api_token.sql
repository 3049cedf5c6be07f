-- Ends an API token: one's own, or as an ADMIN anyone's; an API token that is not an ADMIN's ends only itself.
-- No row: it may not, or it is revoked already.
update api_tokens t set revoked_at = clock_timestamp()
from effective_role(cast(:workspace_id as uuid), cast(:actor_id as uuid), cast(:session_id as uuid), cast(:token_id as uuid)) r
where t.id = cast(:id as uuid) and t.workspace_id = cast(:workspace_id as uuid) and t.revoked_at is null
  and (r.role = 'ADMIN' or (
    t.created_by = cast(:actor_id as uuid) and (cast(:token_id as uuid) is null or t.id = cast(:token_id as uuid))
  ))
returning t.name, t.role, t.created_by
