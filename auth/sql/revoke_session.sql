-- One session of a person's own ends. No row: it is not theirs, or ended before.
update sessions set revoked_at = clock_timestamp()
where id = cast(:id as uuid) and user_id = cast(:user_id as uuid) and revoked_at is null
returning id
