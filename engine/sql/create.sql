-- Makes tasks, all or none, in one round trip.
-- Answers: a row for each task that was made, in order, with its event (CREATED, version 1);
--   or a single row without a task: the caller's role does not reach (role), or is none (role null).
with drafts as (
  select * from jsonb_to_recordset(cast(:drafts as jsonb)) as d (
    id uuid, event_id uuid, title text, description text, labels text[], kind text, input jsonb, duration_ms integer,
    priority integer, timeout_ms integer, max_attempts integer
  )
),
allowed as materialized (
  select r.role, cast(r.role as text) = any(cast(:all_roles as text[]) || cast(:own_roles as text[])) as reaches
  from effective_role(cast(:workspace_id as uuid), cast(:user_id as uuid), cast(:session_id as uuid),
    cast(:token_id as uuid)) r
),
clock as materialized (
  select date_trunc('milliseconds', clock_timestamp()) as at
),
made as (
  insert into tasks (id, workspace_id, title, description, labels, kind, input, duration_ms, priority, timeout_ms,
    max_attempts, created_by, created_at, updated_at)
  select d.id, cast(:workspace_id as uuid), d.title, d.description, d.labels, d.kind, d.input, d.duration_ms,
    d.priority, d.timeout_ms, d.max_attempts, cast(:user_id as uuid), c.at, c.at
  from drafts d
  cross join clock c
  where exists (select from allowed where reaches)
  returning *
),
written as (
  insert into events (id, workspace_id, task_id, action, to_status, elapsed_ms, version, actor_id, via, at, address,
    request_id)
  select d.event_id, m.workspace_id, m.id, 'CREATED', m.status, 0, 1, cast(:user_id as uuid), cast(:via as text),
    m.created_at, cast(:address as text), cast(:request_id as text)
  from made m
  join drafts d using (id)
  returning *
)
select
  m.id, m.workspace_id, m.title, m.description, m.labels, m.kind, m.input, m.status, m.duration_ms, m.elapsed_ms,
  m.progress, m.progress_note, m.result, m.error, m.priority, m.timeout_ms, m.max_attempts, m.version, m.created_by,
  m.created_at, m.updated_at, m.last_run_at, m.due_at, m.resume_at, m.completed_at, m.attempt, m.lease_owner,
  m.lease_epoch, m.deadline_at, m.failures, m.held_by, m.unheard_since, m.paused_by, m.pause_reason,
  e.id, e.workspace_id, e.task_id, e.action, e.from_status, e.to_status, e.elapsed_ms, e.version, e.subject_id,
  e.detail, e.actor_id, e.via, e.reason, e.at,
  (select cast(role as text) from allowed) as role
from (select) as one
left join made m on true
left join written e on e.task_id = m.id
order by m.id
