-- An API token that holds now, with its maker's account. No row: unknown, revoked, over, its maker disabled or no member.
-- When it was last used is written at most once a minute; who finds the row being written leaves it.
with found as (
  select u.id, u.email, u.display_name, u.is_instance_admin, u.disabled, u.created_at,
    t.id as token_id, t.workspace_id as token_workspace_id, t.name as token_name, t.role as token_role,
    t.created_by as token_created_by, t.created_at as token_created_at, t.last_used_at as token_last_used_at,
    t.expires_at as token_expires_at
  from api_tokens t
  join users u on u.id = t.created_by and not u.disabled
  join memberships m on m.workspace_id = t.workspace_id and m.user_id = t.created_by
  where t.secret_hash = cast(:secret_hash as bytea)
    and t.revoked_at is null and (t.expires_at is null or t.expires_at > clock_timestamp())
), stale as (
  select t.id from api_tokens t
  join found f on f.token_id = t.id
  where t.last_used_at is null or t.last_used_at < clock_timestamp() - interval '1 minute'
  for update of t skip locked
), used as (
  update api_tokens t set last_used_at = clock_timestamp() from stale where t.id = stale.id
)
select * from found
