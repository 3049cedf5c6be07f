-- Uses an invitation up and makes its bearer a member. No row: not open to this address any more, or a member already.
with used as (
  update invitations i set accepted_at = clock_timestamp(), accepted_by = cast(:user_id as uuid)
  where token_hash = cast(:token_hash as bytea) and accepted_at is null and revoked_at is null
    and expires_at > clock_timestamp()
    and (email is null or lower(email collate "C") = lower(cast(:email as varchar) collate "C"))
    and not exists (
      select from memberships m where m.workspace_id = i.workspace_id and m.user_id = cast(:user_id as uuid)
    )
  returning i.workspace_id, i.role
)
insert into memberships (workspace_id, user_id, role)
select workspace_id, cast(:user_id as uuid), role from used
returning workspace_id, user_id, role, since
