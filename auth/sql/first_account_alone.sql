-- Waits until no other transaction makes the first account.
select pg_advisory_xact_lock(hashtextextended('fermata first account', 0))
