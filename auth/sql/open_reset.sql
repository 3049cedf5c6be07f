-- The account of a reset link that still works. No row: unknown, used, over, or the account is disabled.
select u.id, u.email, u.display_name, u.is_instance_admin, u.disabled, u.created_at
from password_resets p join users u on u.id = p.user_id and not u.disabled
where p.token_hash = cast(:token_hash as bytea) and p.used_at is null and p.expires_at > clock_timestamp()
