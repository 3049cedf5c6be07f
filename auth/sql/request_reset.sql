-- A link to set a password, for an account by its address or its id. No row: there is none, or it is disabled; then for an
-- address a row of what counts its requests is written instead, in the same statement: time must not tell.
-- A mail goes to the address that is found here, never to what was typed.
with found as (
  select u.id, u.email from users u
  where not u.disabled and (u.id = cast(:user_id as uuid) or lower(u.email) = lower(cast(:email as varchar))
    and lower(u.email collate "C") = lower(cast(:email as varchar) collate "C"))
), made as (
  insert into password_resets (token_hash, user_id, expires_at)
  select cast(:token_hash as bytea), id, clock_timestamp() + make_interval(hours => cast(:hours as integer)) from found
  returning user_id
), alike as (
  update lockouts set last_at = last_at
  where key = 'account:' || encode(sha256(convert_to(lower('reset:' || cast(:email as varchar)), 'UTF8')), 'hex')
    and not exists (select from made)
)
select made.user_id, found.email from made join found on found.id = made.user_id
