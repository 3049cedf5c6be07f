-- Everything of a workspace goes; the history stays. No row: not an ADMIN, or the slug is another.
delete from workspaces w
using effective_role(cast(:workspace_id as uuid), cast(:actor_id as uuid), cast(:session_id as uuid), cast(:token_id as uuid)) r
where w.id = cast(:workspace_id as uuid) and w.slug = cast(:slug as varchar) and r.role = 'ADMIN'
returning w.id
