-- Locks a workspace that the one who asks may see, before anything about its members, invitations or tokens is changed:
-- one change after the other, so that two admins cannot demote each other. No row: not there, or not theirs.
select w.id, w.slug, w.name, w.created_at
from effective_role(cast(:workspace_id as uuid), cast(:actor_id as uuid), cast(:session_id as uuid), cast(:token_id as uuid)) r
join workspaces w on w.id = cast(:workspace_id as uuid)
for no key update of w
