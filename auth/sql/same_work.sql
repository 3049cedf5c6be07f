-- As much work as writing a line of history, for an address that has no account: time must not tell.
update lockouts set last_at = last_at
where key = 'account:' || encode(sha256(convert_to(lower(cast(:email as text)), 'UTF8')), 'hex')
