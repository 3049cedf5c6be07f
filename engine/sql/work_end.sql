-- A worker gives leases back: the work is done, has failed, or was put down.
-- Answers: the task as it is now for each lease that still was the worker's. One that is missing is lost: nothing changed.
-- Where an ending leads from which status is no knowledge of this file: the arrows come from models/lifecycle.py. An ending
-- that may be retried takes the arrows of RETRY while attempts are left.
with arrows as (
  select *
  from unnest(cast(:arrow_endings as text[]), cast(:arrow_froms as text[]), cast(:arrow_verbs as text[]), cast(:arrow_tos as text[]))
    as arrows (ending, start, verb, goes)
),
asked as (
  select *
  from unnest(cast(:ids as uuid[]), cast(:epochs as integer[]), cast(:event_ids as uuid[]), cast(:endings as text[]),
    cast(:results as text[]), cast(:errors as text[]), cast(:checkpoints as text[]), cast(:holds as boolean[]),
    cast(:waits_ms as integer[]), cast(:reasons as text[]))
    as asked (id, epoch, event_id, ending, result, error, checkpoint, holds, wait_ms, reason)
),
locked as materialized (
  select t.*, a.event_id, a.result as new_result, a.error as new_error, a.holds, a.wait_ms, a.reason,
    cast(a.checkpoint as jsonb) as new_checkpoint,
    case when a.ending = 'RETRY' and t.failures + 1 >= t.max_attempts then 'FAIL' else a.ending end as ending
  from asked a
  join tasks t on t.id = a.id and t.lease_epoch = a.epoch
  where t.lease_owner = cast(:owner as text)
  order by t.id
  for no key update of t
),
clock as materialized (
  select date_trunc('milliseconds', clock_timestamp()) as at, count(*) from locked
),
decided as materialized (
  select l.*, n.at, cast(w.goes as task_status) as goes, w.verb,
    least(2147483647, l.elapsed_ms + cast(extract(epoch from n.at - l.last_run_at) * 1000 as bigint)) as spent
  from locked l
  cross join clock c
  cross join lateral (select greatest(c.at, l.updated_at) as at) n
  join arrows w on w.ending = l.ending and w.start = cast(l.status as text)
),
moved as (
  update tasks t set
    status = d.goes,
    version = t.version + 1,
    updated_at = d.at,
    elapsed_ms = case when d.goes = 'CANCELLED' then 0 else d.spent end,
    completed_at = case when d.goes in ('COMPLETED', 'FAILED', 'CANCELLED') then d.at end,
    resume_at = case when d.goes = 'PAUSED' then t.resume_at end,
    paused_by = case when d.goes = 'PAUSED' then t.paused_by end,
    pause_reason = case when d.goes = 'PAUSED' then t.pause_reason end,
    lease_owner = null,
    unheard_since = null,
    recoveries = 0,
    deadline_at = case when d.goes = 'QUEUED' then d.at + coalesce(d.wait_ms, 0) * interval '1 millisecond' end,
    held_by = case when d.holds and d.goes in ('PAUSED', 'QUEUED') then t.lease_owner end,
    checkpoint = case when d.goes in ('PAUSED', 'QUEUED') then coalesce(d.new_checkpoint, t.checkpoint) end,
    progress = case
      when d.goes = 'CANCELLED' then null
      when d.goes = 'COMPLETED' and t.progress is not null then 1
      else t.progress
    end,
    progress_note = case when d.goes = 'CANCELLED' then null else t.progress_note end,
    result = case when d.goes = 'COMPLETED' then d.new_result else t.result end,
    error = case when d.goes = 'COMPLETED' then null else coalesce(d.new_error, t.error) end,
    failures = t.failures + case when d.verb in ('FAILED', 'RETRIED') then 1 else 0 end,
    attempt = t.attempt + case when d.verb = 'RETRIED' then 1 else 0 end
  from decided d
  where t.id = d.id
  returning t.*
),
written as (
  insert into events (id, workspace_id, task_id, action, from_status, to_status, elapsed_ms, version, detail, reason, at)
  select d.event_id, m.workspace_id, m.id, d.verb, d.status, m.status, m.elapsed_ms, m.version,
    jsonb_strip_nulls(jsonb_build_object(
      'worker', jsonb_build_object('before', d.lease_owner),
      'elapsedMs', case when m.status = 'CANCELLED' and d.spent > 0 then jsonb_build_object('before', d.spent, 'after', 0) end,
      'error', case when d.new_error is not null then jsonb_build_object('after', left(d.new_error, 1000)) end)),
    d.reason, d.at
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
