-- Another name. No row: not an ADMIN.
update workspaces w set name = cast(:name as varchar)
from effective_role(cast(:workspace_id as uuid), cast(:actor_id as uuid), cast(:session_id as uuid), cast(:token_id as uuid)) r
where w.id = cast(:workspace_id as uuid) and r.role = 'ADMIN'
returning w.id, w.slug, w.name, w.created_at
