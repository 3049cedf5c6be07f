-- For how many seconds an account is still blocked. No row: nothing was tried.
select greatest(extract(epoch from blocked_until - clock_timestamp()), 1) as seconds from lockouts
where key = 'account:' || encode(sha256(convert_to(lower(cast(:account as text)), 'UTF8')), 'hex')
