-- Counts an attempt from an address; failures: how many there were in this slot and those before it.
with now as materialized (
  select floor(extract(epoch from clock_timestamp()) / cast(:slot as integer)) as slot
), counted as (
  insert into lockouts as l (key, failures, last_at)
  select 'address:' || cast(:address as text) || ':' || now.slot, 1, clock_timestamp() from now
  on conflict (key) do update set failures = l.failures + 1, last_at = clock_timestamp()
  returning key, failures
)
select counted.key, counted.failures + coalesce((
  select sum(l.failures) from now cross join generate_series(1, cast(:slots as integer)) as past
  join lockouts l on l.key = 'address:' || cast(:address as text) || ':' || (now.slot - past)
), 0) as failures
from counted
