-- That API tokens were used, to the minute. No answer; a row that somebody else is writing is left to them.
update api_tokens set last_used_at = clock_timestamp()
where id in (
  select id from api_tokens
  where id = any(cast(:ids as uuid[]))
    and (last_used_at is null or last_used_at < clock_timestamp() - interval '1 minute')
  for update skip locked
)
