-- Completes the timers among these ids that are due; for alarms that rang.
-- Answers: a row for each that completed, with its event. What is not due yet, is not running any more, or is locked by
--   someone else at this moment is left alone: the next scan finds it if it is still due. Safe to ask twice, or anywhere.
with asked as (
  select * from unnest(cast(:ids as uuid[]), cast(:event_ids as uuid[])) as asked (id, event_id)
),
locked as materialized (
  select t.*, a.event_id
  from asked a
  join tasks t using (id)
  where t.kind = 'timer' and t.status = 'IN_PROGRESS' and t.due_at <= clock_timestamp() and t.deleted_at is null
  for no key update of t skip locked
),
clock as materialized (
  select date_trunc('milliseconds', clock_timestamp()) as at, count(*) from locked
),
moved as (
  update tasks t set
    status = 'COMPLETED',
    version = t.version + 1,
    updated_at = greatest(c.at, l.due_at, l.updated_at),
    elapsed_ms = t.duration_ms,
    due_at = null,
    completed_at = greatest(c.at, l.due_at, l.updated_at)
  from locked l
  cross join clock c
  where t.id = l.id
  returning t.*, l.event_id, l.status as was, l.due_at as was_due_at
),
written as (
  insert into events (id, workspace_id, task_id, action, from_status, to_status, elapsed_ms, version, at)
  select event_id, workspace_id, id, 'COMPLETED', was, status, elapsed_ms, version, completed_at
  from moved
)
select id, workspace_id, cast(extract(epoch from completed_at - was_due_at) * 1000 as double precision) as late_ms
from moved
