-- Another name. No row: the session does not hold any more.
with before as (select display_name from users where id = cast(:user_id as uuid))
update users u set display_name = cast(:display_name as varchar)
from before, sessions s
where u.id = cast(:user_id as uuid) and not u.disabled
  and s.id = cast(:session_id as uuid) and s.user_id = u.id and s.revoked_at is null
  and s.expires_at > clock_timestamp()
returning u.id, u.email, u.display_name, u.is_instance_admin, u.disabled, u.created_at, before.display_name as before
