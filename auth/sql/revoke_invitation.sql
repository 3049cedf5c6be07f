-- Withdraws an open invitation. No row: not open any more, or not an ADMIN.
update invitations i set revoked_at = clock_timestamp()
from effective_role(cast(:workspace_id as uuid), cast(:actor_id as uuid), cast(:session_id as uuid), cast(:token_id as uuid)) r
where i.id = cast(:id as uuid) and i.workspace_id = cast(:workspace_id as uuid)
  and i.accepted_at is null and i.revoked_at is null and r.role = 'ADMIN'
returning i.email, i.role
