-- What is needed to check one's own password. No row: the session does not hold any more.
select u.email, u.display_name, u.password_hash
from sessions s join users u on u.id = s.user_id and not u.disabled
where s.id = cast(:session_id as uuid) and u.id = cast(:user_id as uuid)
  and s.revoked_at is null and s.expires_at > clock_timestamp()
