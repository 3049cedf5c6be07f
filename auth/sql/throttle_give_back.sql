-- Attempts that do not count after all.
update lockouts set failures = greatest(failures - 1, 0), blocked_until = null where key = any(cast(:keys as varchar[]))
