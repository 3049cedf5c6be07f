-- The sessions of a person that hold now, the latest used first.
select id, user_id, created_at, last_used_at, user_agent from sessions
where user_id = cast(:user_id as uuid) and revoked_at is null and expires_at > clock_timestamp()
order by last_used_at desc, id desc
