-- Takes sessions that ended so many days ago, with their refresh tokens, at most :limit at a time. Answers: a row for each.
delete from sessions
where id in (
  select id from sessions
  where least(expires_at, revoked_at) < (select clock_timestamp()) - cast(:days as integer) * interval '1 day'
  limit cast(:limit as integer)
  for update skip locked
)
returning id
