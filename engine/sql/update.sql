-- Edits a task: only the fields that the patch names, in one round trip.
-- Answers, at most one row:
--   moved      the task as it is now, and its new event with each field before and after
--   refused    why: version, or input (a duration that the time already spent does not fit into)
--   due        the new duration is for a timer that should have completed: complete it first, then ask again
--   forbidden  the caller's role; missing: no such task, or not the caller's to see
with asked as (
  select cast(:id as uuid) as id, cast(:patch as jsonb) as patch
),
seen as (
  select t.id, r.role,
    cast(r.role as text) = any(cast(:all_roles as text[]))
      or cast(r.role as text) = any(cast(:own_roles as text[])) and t.created_by is not distinct from cast(:user_id as uuid)
      as reaches
  from asked
  join tasks t using (id)
  cross join effective_role(t.workspace_id, cast(:user_id as uuid), cast(:session_id as uuid), cast(:token_id as uuid)) r
  where t.deleted_at is null
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
weighed as (
  select l.*, n.at,
    l.elapsed_ms + case when l.status in ('IN_PROGRESS', 'PAUSING', 'CANCELLING')
      then cast(extract(epoch from n.at - l.last_run_at) * 1000 as bigint) else 0 end as spent,
    a.patch ? 'duration_ms' and cast(a.patch ->> 'duration_ms' as integer) is distinct from l.duration_ms as stretches,
    cast(a.patch ->> 'duration_ms' as integer) as wanted_ms
  from locked l
  cross join asked a
  cross join clock c
  cross join lateral (select greatest(c.at, l.updated_at) as at) n
),
judged as materialized (
  select w.*,
    case
      when cast(:expected_version as integer) <> w.version then 'version'
      when w.stretches and w.due_at <= w.at then 'due'
      -- A timer needs a duration; what is spent must fit into it, and of a completed one it is history.
      when w.stretches and w.kind = 'timer'
        and (w.wanted_ms is null or w.status = 'COMPLETED' or w.wanted_ms <= w.spent) then 'input'
    end as why
  from weighed w
),
moved as (
  update tasks t set
    title = case when a.patch ? 'title' then a.patch ->> 'title' else t.title end,
    description = case when a.patch ? 'description' then a.patch ->> 'description' else t.description end,
    labels = case when a.patch ? 'labels'
      then array(select jsonb_array_elements_text(a.patch -> 'labels')) else t.labels end,
    duration_ms = case when j.stretches then j.wanted_ms else t.duration_ms end,
    due_at = case when j.stretches then j.due_at + (j.wanted_ms - j.duration_ms) * interval '1 millisecond'
      else t.due_at end,
    priority = case when a.patch ? 'priority' then cast(a.patch ->> 'priority' as integer) else t.priority end,
    timeout_ms = case when a.patch ? 'timeout_ms' then cast(a.patch ->> 'timeout_ms' as integer) else t.timeout_ms end,
    max_attempts = case when a.patch ? 'max_attempts'
      then cast(a.patch ->> 'max_attempts' as integer) else t.max_attempts end,
    version = t.version + 1,
    updated_at = j.at
  from judged j
  cross join asked a
  where t.id = j.id and j.why is null
  returning t.*
),
differences as (
  select jsonb_object_agg(b.key, jsonb_build_object('before', b.value, 'after', n.value)) as detail
  from moved m
  join judged j on j.id = m.id
  cross join lateral jsonb_each(jsonb_build_object('title', j.title, 'description', j.description, 'labels', j.labels,
    'durationMs', j.duration_ms, 'priority', j.priority, 'timeoutMs', j.timeout_ms, 'maxAttempts', j.max_attempts)) b
  join lateral jsonb_each(jsonb_build_object('title', m.title, 'description', m.description, 'labels', m.labels,
    'durationMs', m.duration_ms, 'priority', m.priority, 'timeoutMs', m.timeout_ms, 'maxAttempts', m.max_attempts)) n
    on n.key = b.key and n.value <> b.value
),
written as (
  insert into events (id, workspace_id, task_id, action, from_status, to_status, elapsed_ms, version, detail,
    actor_id, via, at, address, request_id)
  select cast(:event_id as uuid), m.workspace_id, m.id, 'EDITED', m.status, m.status, j.spent, m.version,
    coalesce(d.detail, '{}'), cast(:user_id as uuid), cast(:via as text), j.at, cast(:address as text),
    cast(:request_id as text)
  from moved m
  join judged j on j.id = m.id
  cross join differences d
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
    when j.why = 'due' then 'due'
    else 'refused'
  end as answer,
  j.why, cast(s.role as text) as role
from seen s
left join judged j on j.id = s.id
left join found f on f.id = s.id
left join written e on e.task_id = s.id
