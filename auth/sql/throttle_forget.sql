-- Nothing was tried for this account.
delete from lockouts where key = 'account:' || encode(sha256(convert_to(lower(cast(:account as text)), 'UTF8')), 'hex')
