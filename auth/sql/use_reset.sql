-- Uses a reset link up, with all others of the account, and sets the password. `mailed`: the link went by
-- mail (good for an hour) and not by hand (a day). No row: it was used meanwhile, or is over.
with opened as materialized (
  select p.user_id, p.expires_at - p.created_at < make_interval(hours => 2) as mailed from password_resets p
  where p.token_hash = cast(:token_hash as bytea) and p.used_at is null and p.expires_at > clock_timestamp()
  for update
), used as (
  update password_resets p set used_at = clock_timestamp() from opened
  where p.user_id = opened.user_id and p.used_at is null
)
update users u set password_hash = cast(:hash as varchar)
from opened where u.id = opened.user_id and not u.disabled
returning u.id, opened.mailed
