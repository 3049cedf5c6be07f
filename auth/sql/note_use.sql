-- That API tokens were used, to the minute. A row for each that was written; one that somebody else is writing is left to them.
update api_tokens set last_used_at = clock_timestamp()
where id in (
  select id from api_tokens
  where id = any(cast(:ids as uuid[]))
    and (last_used_at is null or last_used_at < clock_timestamp() - interval '1 minute')
  for update skip locked
)
returning id
