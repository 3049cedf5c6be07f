-- The invitations that are neither accepted nor withdrawn, with the role of the one who asks; what they are for is seen by
-- an ADMIN only. One row with nulls: there are none to see. No row: the workspace is not there, or not theirs.
select r.role as held, i.id, i.workspace_id, i.email, i.role, i.expires_at, i.invited_by
from effective_role(cast(:workspace_id as uuid), cast(:actor_id as uuid), cast(:session_id as uuid), cast(:token_id as uuid)) r
left join invitations i on i.workspace_id = cast(:workspace_id as uuid) and r.role = 'ADMIN'
  and i.accepted_at is null and i.revoked_at is null
order by i.created_at, i.id
