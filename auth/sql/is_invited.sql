-- Whether an open invitation is for this very e-mail address.
select exists (
  select from invitations
  where lower(email collate "C") = lower(cast(:email as varchar) collate "C") and accepted_at is null and revoked_at is null
    and expires_at > clock_timestamp()
) as found
