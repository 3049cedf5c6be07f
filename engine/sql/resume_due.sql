-- Ends the pauses whose time has come, on nobody's behalf, at most :limit at a time.
-- Answers: a row for each task that goes on, with its event. What someone else has locked is left for the next scan.
-- A task that is still PAUSING is not touched: it ends its pause once its worker has put it down.
with locked as materialized (
  select t.*
  from tasks t
  where t.resume_at <= (select clock_timestamp()) and t.status = 'PAUSED' and t.deleted_at is null
  order by t.resume_at
  limit cast(:limit as integer)
  for no key update of t skip locked
),
clock as materialized (
  select date_trunc('milliseconds', clock_timestamp()) as at, count(*) from locked
),
judged as (
  select l.*, greatest(c.at, l.updated_at) as now_at,
    case when l.kind = 'timer' then cast(:timer_to as text) else cast(:work_to as text) end as goes
  from locked l
  cross join clock c
),
moved as (
  update tasks t set
    status = cast(j.goes as task_status),
    version = t.version + 1,
    updated_at = j.now_at,
    last_run_at = case when j.goes = 'IN_PROGRESS' then j.now_at else t.last_run_at end,
    due_at = case when j.kind = 'timer'
      then j.now_at + (t.duration_ms - t.elapsed_ms) * interval '1 millisecond' end,
    resume_at = null,
    paused_by = null,
    pause_reason = null,
    deadline_at = case when j.kind <> 'timer' then j.now_at end
  from judged j
  where t.id = j.id
  returning t.*, j.status as was, j.resume_at as was_to_resume_at
),
written as (
  insert into events (id, workspace_id, task_id, action, from_status, to_status, elapsed_ms, version, detail, at)
  select gen_random_uuid(), workspace_id, id, 'RESUME', was, status, elapsed_ms, version,
    jsonb_build_object('resumeAt', jsonb_build_object('before', was_to_resume_at, 'after', null)), updated_at
  from moved
)
select
  m.id, m.workspace_id, m.title, m.description, m.labels, m.kind, m.input, m.status, m.duration_ms, m.elapsed_ms,
  m.progress, m.progress_note, m.result, m.error, m.priority, m.timeout_ms, m.max_attempts, m.version, m.created_by,
  m.created_at, m.updated_at, m.last_run_at, m.due_at, m.resume_at, m.completed_at, m.attempt, m.lease_owner,
  m.lease_epoch, m.deadline_at, m.failures, m.held_by, m.unheard_since, m.paused_by, m.pause_reason
from moved m
