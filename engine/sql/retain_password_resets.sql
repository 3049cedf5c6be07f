-- Takes links for a new password that ended so many days ago, at most :limit at a time. Answers: a row for each.
delete from password_resets
where token_hash in (
  select token_hash from password_resets
  where expires_at < (select clock_timestamp()) - cast(:days as integer) * interval '1 day'
  limit cast(:limit as integer)
  for update skip locked
)
returning 1
