-- The workspaces that an authority may see, with the role that holds there now; those of `ids`, or of `slug`, or all (null).
select w.id, w.slug, w.name, w.created_at, r.role, m.since
from memberships m
join workspaces w on w.id = m.workspace_id
join effective_role(m.workspace_id, m.user_id, cast(:session_id as uuid), cast(:token_id as uuid)) r on true
where m.user_id = cast(:user_id as uuid)
  and (cast(:ids as uuid[]) is null or w.id = any(cast(:ids as uuid[])))
  and (cast(:slug as varchar) is null or w.slug = cast(:slug as varchar))
order by w.name, w.id
