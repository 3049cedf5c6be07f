-- Deletes a task: the row stays as a tombstone, so that those who watch learn of it, until retention takes it.
-- Answers, at most one row: moved (the last state, and its event), refused (why: version, or status: it is running),
--   forbidden (the caller's role); no row: no such task, or not the caller's to see.
with seen as (
  select t.id, r.role,
    cast(r.role as text) = any(cast(:all_roles as text[]))
      or cast(r.role as text) = any(cast(:own_roles as text[])) and t.created_by is not distinct from cast(:user_id as uuid)
      as reaches
  from tasks t
  cross join effective_role(t.workspace_id, cast(:user_id as uuid), cast(:session_id as uuid), cast(:token_id as uuid)) r
  where t.id = cast(:id as uuid) and t.deleted_at is null
    and (cast(:workspace_id as uuid) is null or t.workspace_id = cast(:workspace_id as uuid))
),
locked as materialized (
  select t.*
  from seen s
  join tasks t on t.id = s.id
  where t.deleted_at is null and s.reaches
  for no key update of t
),
clock as materialized (
  select date_trunc('milliseconds', clock_timestamp()) as at, count(*) from locked
),
judged as materialized (
  select l.*, greatest(c.at, l.updated_at) as at,
    case
      when cast(:expected_version as integer) <> l.version then 'version'
      when l.status in ('QUEUED', 'IN_PROGRESS', 'PAUSING', 'CANCELLING') then 'status'
    end as why
  from locked l
  cross join clock c
),
moved as (
  update tasks t set deleted_at = j.at, updated_at = j.at, version = t.version + 1, resume_at = null, held_by = null
  from judged j
  where t.id = j.id and j.why is null
  returning t.*
),
written as (
  insert into events (id, workspace_id, task_id, action, from_status, to_status, elapsed_ms, version, detail, actor_id, via,
    reason, at, address, request_id)
  select cast(:event_id as uuid), m.workspace_id, m.id, 'DELETED', m.status, m.status, m.elapsed_ms, m.version,
    jsonb_build_object('title', jsonb_build_object('before', m.title, 'after', null)), cast(:user_id as uuid),
    cast(:via as text), cast(:reason as text), m.deleted_at, cast(:address as text), cast(:request_id as text)
  from moved m
  returning *
),
found as (
  select * from moved
  union all
  select * from locked where not exists (select from moved)
)
select
  f.id, f.workspace_id, f.title, f.description, f.labels, f.kind, f.input, f.status, f.duration_ms, f.elapsed_ms,
  f.progress, f.progress_note, f.result, f.error, f.priority, f.timeout_ms, f.max_attempts, f.version, f.created_by,
  f.created_at, f.updated_at, f.last_run_at, f.due_at, f.resume_at, f.completed_at, f.attempt, f.lease_owner,
  f.lease_epoch, f.deadline_at, f.failures, f.held_by, f.unheard_since, f.paused_by, f.pause_reason,
  e.id, e.workspace_id, e.task_id, e.action, e.from_status, e.to_status, e.elapsed_ms, e.version, e.subject_id,
  e.detail, e.actor_id, e.via, e.reason, e.at,
  case
    when not s.reaches then 'forbidden'
    when j.id is null then 'missing'
    when j.why is null then 'moved'
    else 'refused'
  end as answer,
  j.why, cast(s.role as text) as role
from seen s
left join judged j on j.id = s.id
left join found f on f.id = s.id
left join written e on e.task_id = s.id
