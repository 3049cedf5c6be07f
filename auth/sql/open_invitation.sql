-- The invitation of a token, if it is open to this e-mail address. No row: unknown, used, withdrawn, over, someone else's.
select id, workspace_id, email, role, expires_at, invited_by from invitations
where token_hash = cast(:token_hash as bytea) and accepted_at is null and revoked_at is null
  and expires_at > clock_timestamp()
  and (email is null or lower(email collate "C") = lower(cast(:email as varchar) collate "C"))
