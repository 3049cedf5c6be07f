-- A link to choose a new password, for an account by its address or its id. No row: there is none, or it is disabled.
insert into password_resets (token_hash, user_id, expires_at)
select cast(:token_hash as bytea), u.id, clock_timestamp() + make_interval(hours => cast(:hours as integer))
from users u
where (lower(u.email) = lower(cast(:email as varchar)) or u.id = cast(:user_id as uuid)) and not u.disabled
returning user_id
