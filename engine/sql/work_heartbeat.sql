-- A worker prolongs its leases, and asks what is wished of each.
-- Answers: id, epoch and status of each lease that still is the worker's. One that is missing is lost: stop the work.
with asked as (
  select * from unnest(cast(:ids as uuid[]), cast(:epochs as integer[])) as asked (id, epoch)
),
locked as materialized (
  select t.id
  from asked a
  join tasks t on t.id = a.id and t.lease_epoch = a.epoch
  where t.lease_owner = cast(:owner as text)
  order by t.id
  for no key update of t
)
update tasks t set
  deadline_at = greatest(t.deadline_at, clock_timestamp() + cast(:lease_ms as integer) * interval '1 millisecond'),
  unheard_since = null
from locked l
where t.id = l.id
returning t.id, t.lease_epoch, t.status
