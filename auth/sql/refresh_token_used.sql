-- Whether a refresh token of a session has been used. No row: it is not one of that session's.
select used_at is not null as used from refresh_tokens
where token_hash = cast(:token_hash as bytea) and session_id = cast(:session_id as uuid)
