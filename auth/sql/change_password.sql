-- A new password in place of the one that was checked, by a session that holds. No row: changed meanwhile, or signed out.
update users u set password_hash = cast(:hash as varchar)
from sessions s
where u.id = cast(:user_id as uuid) and not u.disabled and u.password_hash is not distinct from cast(:before as varchar)
  and s.id = cast(:session_id as uuid) and s.user_id = u.id and s.revoked_at is null
  and s.expires_at > clock_timestamp()
returning u.id
