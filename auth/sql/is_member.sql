-- Whether an e-mail address is that of a member.
select exists (
  select from memberships m join users u on u.id = m.user_id
  where m.workspace_id = cast(:workspace_id as uuid) and lower(u.email) = lower(cast(:email as varchar))
) as found
