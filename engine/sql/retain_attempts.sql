-- Takes counters of attempts to sign in that have stood still for so many hours, at most :limit at a time. Answers: a row for each.
-- No block lasts for so long (auth/throttle.py): what is taken held nobody back any more.
delete from lockouts
where key in (
  select key from lockouts
  where greatest(last_at, blocked_until) < (select clock_timestamp()) - cast(:hours as integer) * interval '1 hour'
  limit cast(:limit as integer)
  for update skip locked
)
returning 1
