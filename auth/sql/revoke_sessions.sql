-- Every session of a person ends, but for `kept` (null: none).
update sessions set revoked_at = clock_timestamp()
where user_id = cast(:user_id as uuid) and revoked_at is null and id is distinct from cast(:kept as uuid)
