-- Whether a session that holds is that of an admin of the installation.
select exists (
  select from users a join sessions s on s.user_id = a.id
  where a.id = cast(:actor_id as uuid) and a.is_instance_admin and not a.disabled
    and s.id = cast(:session_id as uuid) and s.revoked_at is null and s.expires_at > clock_timestamp()
) as found
