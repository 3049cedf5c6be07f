-- A link to set a password, for an account by its address or its id. No row: there is none, or it is disabled; then for an
-- address a row of what counts its requests is written instead, in the same statement: time must not tell.
with made as (
  insert into password_resets (token_hash, user_id, expires_at)
  select cast(:token_hash as bytea), u.id, clock_timestamp() + make_interval(hours => cast(:hours as integer))
  from users u
  where (lower(u.email) = lower(cast(:email as varchar)) or u.id = cast(:user_id as uuid)) and not u.disabled
  returning user_id
), alike as (
  update lockouts set last_at = last_at
  where key = 'account:' || encode(sha256(convert_to(lower('reset:' || cast(:email as varchar)), 'UTF8')), 'hex')
    and not exists (select from made)
)
select user_id from made
