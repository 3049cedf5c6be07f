-- A worker says again that it holds work in place which is to go on, and for which it has no room yet.
-- Answers: the ids. No step in the life of the task: it stays QUEUED, and others leave it alone until then.
with locked as materialized (
  select t.id
  from unnest(cast(:ids as uuid[]), cast(:epochs as integer[])) as asked (id, epoch)
  join tasks t on t.id = asked.id and t.lease_epoch = asked.epoch
  where t.held_by = cast(:owner as text) and t.status = 'QUEUED' and t.deleted_at is null
  order by t.id
  for no key update of t
)
update tasks t set deadline_at = clock_timestamp() + cast(:hold_ms as integer) * interval '1 millisecond'
from locked l
where t.id = l.id
returning t.id
