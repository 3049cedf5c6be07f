-- A worker takes QUEUED work on: what is given by id and epoch, and of each kind as many as it has room for, the most
-- urgent of what is due first, and not more than it has slots.
-- Answers: a row for each that is the worker's now (lease_epoch fences every later write), with its checkpoint and the
--   active time before this try. Who comes too late, or with the epoch of an earlier message, gets nothing.
-- A command that another worker holds in place is left to that worker for a while, and for as long as that one says so again
-- (work_hold.sql), which puts its deadline beyond what the sending of a message does.
with room as (
  select * from unnest(cast(:kinds as text[]), cast(:free as integer[])) as room (kind, free)
),
given as materialized (
  select t.*
  from unnest(cast(:ids as uuid[]), cast(:epochs as integer[])) as asked (id, epoch)
  join tasks t on t.id = asked.id and t.lease_epoch = asked.epoch
  where t.status = 'QUEUED' and t.deleted_at is null and t.kind = any(cast(:known as text[]))
    and (t.held_by is null or t.held_by = cast(:owner as text)
      or (t.updated_at < clock_timestamp() - cast(:hold_ms as integer) * interval '1 millisecond'
        and t.deadline_at <= clock_timestamp() + cast(:again_ms as integer) * interval '1 millisecond'))
  order by t.id
  for no key update of t skip locked
),
due as materialized (
  select q.*
  from room
  cross join lateral (
    select t.*
    from tasks t
    where t.kind = room.kind and t.status = 'QUEUED' and t.deleted_at is null and t.deadline_at <= clock_timestamp()
      and (t.held_by is null or t.updated_at < clock_timestamp() - cast(:hold_ms as integer) * interval '1 millisecond')
    order by t.priority desc, t.deadline_at
    limit room.free
    for no key update of t skip locked
  ) q
  order by q.priority desc, q.deadline_at
  limit cast(:slots as integer)
),
picked as materialized (
  select p.*, row_number() over () as place
  from (select * from given union all select * from due where due.id not in (select id from given)) p
),
clock as materialized (
  select date_trunc('milliseconds', clock_timestamp()) as at, count(*) from picked
),
moved as (
  update tasks t set
    status = 'IN_PROGRESS',
    version = t.version + 1,
    updated_at = greatest(c.at, p.updated_at),
    last_run_at = greatest(c.at, p.updated_at),
    lease_owner = cast(:owner as text),
    lease_epoch = t.lease_epoch + 1,
    deadline_at = greatest(c.at, p.updated_at) + cast(:lease_ms as integer) * interval '1 millisecond',
    held_by = null
  from picked p
  cross join clock c
  where t.id = p.id
  returning t.*
),
written as (
  insert into events (id, workspace_id, task_id, action, from_status, to_status, elapsed_ms, version, detail, at)
  select (cast(:event_ids as uuid[]))[p.place], m.workspace_id, m.id, 'CLAIMED', p.status, m.status, m.elapsed_ms,
    m.version, jsonb_build_object('worker', jsonb_build_object('before', null, 'after', m.lease_owner)), m.updated_at
  from moved m
  join picked p on p.id = m.id
  returning task_id
)
select
  m.id, m.workspace_id, m.title, m.description, m.labels, m.kind, m.input, m.status, m.duration_ms, m.elapsed_ms,
  m.progress, m.progress_note, m.result, m.error, m.priority, m.timeout_ms, m.max_attempts, m.version, m.created_by,
  m.created_at, m.updated_at, m.last_run_at, m.due_at, m.resume_at, m.completed_at, m.attempt, m.lease_owner,
  m.lease_epoch, m.deadline_at, m.failures, m.held_by, m.unheard_since, m.paused_by, m.pause_reason,
  m.checkpoint,
  coalesce((
    select e.elapsed_ms from events e
    where e.task_id = m.id and e.action in ('RUN', 'RETRIED') order by e.version desc limit 1
  ), 0) as elapsed_before
from moved m
join written w on w.task_id = m.id
order by m.priority desc, m.id
