-- Shuts or opens an account, for an admin of the installation whose session holds (actor null: the command line).
-- No row: there is no such account, or the one who asks may not.
with before as (select disabled from users where id = cast(:user_id as uuid))
update users u set disabled = cast(:disabled as boolean)
from before
where u.id = cast(:user_id as uuid) and (cast(:actor_id as uuid) is null or exists (
  select from users a join sessions s on s.user_id = a.id
  where a.id = cast(:actor_id as uuid) and a.is_instance_admin and not a.disabled
    and s.id = cast(:session_id as uuid) and s.revoked_at is null and s.expires_at > clock_timestamp()
))
returning u.id, u.email, u.display_name, u.is_instance_admin, u.disabled, u.created_at, before.disabled as before
