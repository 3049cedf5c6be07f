-- Ends the leases that ran out: their worker was not heard of in time. For the sweep, which runs in every process.
-- Answers: each task that was recovered, or given up after too many lost workers in a row, as it is now. What its worker has prolonged meanwhile, or someone else recovers at
--   this moment, is left alone. Active time counts up to when the worker was last heard of.
with arrows as (
  select *
  from unnest(cast(:arrow_lost as boolean[]), cast(:arrow_froms as text[]), cast(:arrow_verbs as text[]), cast(:arrow_tos as text[]))
    as arrows (lost, start, verb, goes)
),
locked as materialized (
  select t.*, row_number() over () as place
  from (
    select l.* from tasks l
    where l.deadline_at < clock_timestamp() and l.lease_owner is not null and l.deleted_at is null
    order by l.deadline_at
    limit cast(:limit as integer)
    for no key update of l skip locked
  ) t
),
clock as materialized (
  select date_trunc('milliseconds', clock_timestamp()) as at, count(*) from locked
),
decided as materialized (
  select l.*, n.at, cast(w.goes as task_status) as goes, w.verb,
    case when l.recoveries + 1 >= cast(:most as integer)
      then 'its worker was lost ' || l.recoveries + 1 || ' times in a row, and it came no further under any of them'
      else 'its worker was lost ' || h.losses + 1 || ' times since it was run'
    end || ': the last was ' || l.lease_owner as words,
    greatest(l.elapsed_ms, least(2147483647, l.elapsed_ms + cast(extract(epoch from
      least(n.at, l.deadline_at - cast(:lease_ms as integer) * interval '1 millisecond') - l.last_run_at) * 1000 as bigint)))
      as spent
  from locked l
  cross join clock c
  cross join lateral (select greatest(c.at, l.updated_at) as at) n
  cross join lateral (
    -- Since it was run: what a worker that left has released is told from what was lost by the reason, written below.
    select count(*) as losses
    from events e
    where e.task_id = l.id and e.action = 'RECOVERED' and e.reason like 'worker % was not heard of'
      and e.version > (select coalesce(max(r.version), 0) from events r where r.task_id = l.id and r.action = 'RUN')
  ) h
  join arrows w on w.start = cast(l.status as text)
    and w.lost = (l.recoveries + 1 >= cast(:most as integer) or h.losses + 1 >= cast(:most_in_all as integer))
),
moved as (
  update tasks t set
    status = d.goes,
    version = t.version + 1,
    updated_at = d.at,
    elapsed_ms = case when d.goes = 'CANCELLED' then 0 else d.spent end,
    completed_at = case when d.goes in ('CANCELLED', 'FAILED') then d.at end,
    resume_at = case when d.goes = 'PAUSED' then t.resume_at end,
    paused_by = case when d.goes = 'PAUSED' then t.paused_by end,
    pause_reason = case when d.goes = 'PAUSED' then t.pause_reason end,
    lease_owner = null,
    unheard_since = null,
    recoveries = t.recoveries + 1,
    failures = t.failures + case when d.verb = 'FAILED' then 1 else 0 end,
    error = case when d.verb = 'FAILED' then d.words else t.error end,
    deadline_at = case when d.goes = 'QUEUED' then d.at end,
    checkpoint = case when d.goes in ('QUEUED', 'PAUSED') then t.checkpoint end,
    progress = case when d.goes <> 'CANCELLED' then t.progress end,
    progress_note = case when d.goes <> 'CANCELLED' then t.progress_note end
  from decided d
  where t.id = d.id
  returning t.*
),
written as (
  insert into events (id, workspace_id, task_id, action, from_status, to_status, elapsed_ms, version, detail, reason, at)
  select (cast(:event_ids as uuid[]))[d.place], m.workspace_id, m.id, d.verb, d.status, m.status, m.elapsed_ms,
    m.version, jsonb_strip_nulls(jsonb_build_object(
      'worker', jsonb_build_object('before', d.lease_owner),
      'error', case when d.verb = 'FAILED' then jsonb_build_object('after', d.words) end)),
    'worker ' || d.lease_owner || ' was not heard of', d.at
  from moved m
  join decided d on d.id = m.id
  returning task_id
)
select
  m.id, m.workspace_id, m.title, m.description, m.labels, m.kind, m.input, m.status, m.duration_ms, m.elapsed_ms,
  m.progress, m.progress_note, m.result, m.error, m.priority, m.timeout_ms, m.max_attempts, m.version, m.created_by,
  m.created_at, m.updated_at, m.last_run_at, m.due_at, m.resume_at, m.completed_at, m.attempt, m.lease_owner,
  m.lease_epoch, m.deadline_at, m.failures, m.held_by, m.unheard_since, m.paused_by, m.pause_reason
from moved m
join written w on w.task_id = m.id
