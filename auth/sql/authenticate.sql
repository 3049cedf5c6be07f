-- Who each of many credentials is of, at this moment. A credential is a session with its person, or the hash of an API token's
-- secret; beside it stands a workspace in which the role is wanted, or null.
-- A row, with the credential's place among those asked: it holds. No row: it is unknown, revoked or over, its account is
-- disabled, or the maker of the token is no member any more. `stale`: that the token is used has to be written (note_use.sql).
select asked.place, held.*, r.role
from unnest(
  cast(:session_ids as uuid[]), cast(:user_ids as uuid[]), cast(:secret_hashes as bytea[]), cast(:role_in as uuid[])
) with ordinality as asked (session_id, user_id, secret_hash, workspace_id, place)
cross join lateral (
  select u.id, u.email, u.display_name, u.is_instance_admin, u.disabled, u.created_at, s.id as session_id,
    cast(null as uuid) as token_id, cast(null as uuid) as token_workspace_id, cast(null as text) as token_name,
    cast(null as role) as token_role, cast(null as uuid) as token_created_by,
    cast(null as timestamptz) as token_created_at, cast(null as timestamptz) as token_last_used_at,
    cast(null as timestamptz) as token_expires_at, false as stale
  from sessions s
  join users u on u.id = s.user_id and not u.disabled
  where s.id = asked.session_id and s.user_id = asked.user_id
    and s.revoked_at is null and s.expires_at > clock_timestamp()
  union all
  select u.id, u.email, u.display_name, u.is_instance_admin, u.disabled, u.created_at, null,
    t.id, t.workspace_id, t.name, t.role, t.created_by, t.created_at, t.last_used_at, t.expires_at,
    t.last_used_at is null or t.last_used_at < clock_timestamp() - interval '1 minute'
  from api_tokens t
  join users u on u.id = t.created_by and not u.disabled
  join memberships m on m.workspace_id = t.workspace_id and m.user_id = t.created_by
  where t.secret_hash = asked.secret_hash
    and t.revoked_at is null and (t.expires_at is null or t.expires_at > clock_timestamp())
) held
left join lateral effective_role(asked.workspace_id, held.id, asked.session_id, held.token_id) r on true
