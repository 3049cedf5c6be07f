-- Forgets the first answers to requests of more than so many hours ago, at most :limit at a time. Answers: a row for each.
delete from idempotency_keys
where (principal, key) in (
  select principal, key from idempotency_keys
  where created_at < (select clock_timestamp()) - cast(:hours as integer) * interval '1 hour'
  limit cast(:limit as integer)
  for update skip locked
)
returning 1
