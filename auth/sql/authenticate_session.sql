-- The account of a session that holds now. No row: revoked, over, of a disabled account, or never there.
select u.id, u.email, u.display_name, u.is_instance_admin, u.disabled, u.created_at
from sessions s
join users u on u.id = s.user_id and not u.disabled
where s.id = cast(:session_id as uuid) and s.user_id = cast(:user_id as uuid)
  and s.revoked_at is null and s.expires_at > clock_timestamp()
