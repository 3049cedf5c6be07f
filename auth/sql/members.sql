-- The members, in the order in which they joined. No row: not there, or not theirs to see.
select m.workspace_id, m.user_id, m.role, m.since
from effective_role(cast(:workspace_id as uuid), cast(:actor_id as uuid), cast(:session_id as uuid), cast(:token_id as uuid)) r
join memberships m on m.workspace_id = cast(:workspace_id as uuid)
order by m.since, m.user_id
