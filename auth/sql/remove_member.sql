-- Takes a member out, with the API tokens that they made here. No row: no such member, the last admin who can still sign
-- in, or neither an ADMIN nor the member in person.
with gone as (
  delete from memberships m
  using effective_role(cast(:workspace_id as uuid), cast(:actor_id as uuid), cast(:session_id as uuid), cast(:token_id as uuid)) r
  where m.workspace_id = cast(:workspace_id as uuid) and m.user_id = cast(:user_id as uuid)
    and (r.role = 'ADMIN' or (m.user_id = cast(:actor_id as uuid) and cast(:token_id as uuid) is null))
    and (m.role <> 'ADMIN' or exists (
      select from memberships o join users u on u.id = o.user_id and not u.disabled
      where o.workspace_id = m.workspace_id and o.role = 'ADMIN' and o.user_id <> m.user_id
    ))
  returning m.workspace_id, m.user_id, m.role
), ended as (
  update api_tokens t set revoked_at = clock_timestamp()
  from gone where t.workspace_id = gone.workspace_id and t.created_by = gone.user_id and t.revoked_at is null
)
select role from gone
