-- Whether a session holds at this moment: not ended, not over, its account open. Always one row.
select exists (
  select from sessions s
  join users u on u.id = s.user_id and not u.disabled
  where s.id = cast(:session_id as uuid) and s.user_id = cast(:user_id as uuid)
    and s.revoked_at is null and s.expires_at > clock_timestamp()
) as found
