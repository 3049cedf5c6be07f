-- A session of an account that is not disabled and whose password is still the one that was checked, with its first
-- refresh token. No row: disabled, or changed meanwhile.
with held as (
  select id from users
  where id = cast(:user_id as uuid) and not disabled
    and password_hash is not distinct from cast(:password_hash as varchar)
  for share
), opened as (
  insert into sessions (id, user_id, user_agent, address, expires_at)
  select cast(:id as uuid), held.id, cast(:user_agent as varchar), cast(:address as varchar),
    clock_timestamp() + make_interval(days => cast(:days as integer))
  from held
  returning id
)
insert into refresh_tokens (token_hash, session_id)
select cast(:token_hash as bytea), id from opened
returning session_id
