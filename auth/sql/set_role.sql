-- Gives a member another role. No row: not an ADMIN, no such member, or the last admin who can still sign in.
with before as (
  select m.role from memberships m
  where m.workspace_id = cast(:workspace_id as uuid) and m.user_id = cast(:user_id as uuid)
)
update memberships m set role = cast(:role as role)
from before, effective_role(cast(:workspace_id as uuid), cast(:actor_id as uuid), cast(:session_id as uuid), cast(:token_id as uuid)) r
where m.workspace_id = cast(:workspace_id as uuid) and m.user_id = cast(:user_id as uuid) and r.role = 'ADMIN'
  and (cast(:role as role) = 'ADMIN' or m.role <> 'ADMIN' or exists (
    select from memberships o join users u on u.id = o.user_id and not u.disabled
    where o.workspace_id = m.workspace_id and o.role = 'ADMIN' and o.user_id <> m.user_id
  ))
returning m.workspace_id, m.user_id, m.role, m.since, before.role as before
