-- Takes refresh tokens that were used so many days ago, at most :limit at a time; the one in use stays. Answers: a row for each.
-- By then a stolen one is of no use: reuse is detected for as long as it is kept.
delete from refresh_tokens
where token_hash in (
  select token_hash from refresh_tokens
  where used_at < (select clock_timestamp()) - cast(:days as integer) * interval '1 day'
  limit cast(:limit as integer)
  for update skip locked
)
returning 1
