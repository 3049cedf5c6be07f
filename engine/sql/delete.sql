-- Deletes tasks: each row stays as a tombstone, so that those who watch learn of it, until retention takes it.
-- Answers, a row for each id that the caller may see, in the order of the ids: moved (the last state, and its event), refused
--   (why: version, or status: it is running), forbidden (the caller's role); no row: no such task, or not the caller's to see.
-- In a dry run `moved` says that it would be deleted, and nothing is written.
with asked as (
  select * from unnest(cast(:ids as uuid[]), cast(:event_ids as uuid[])) as asked (id, event_id)
),
seen as (
  select t.id, asked.event_id, cast(r.role as text) as role,
    cast(r.role as text) = any(cast(:all_roles as text[]))
      or cast(r.role as text) = any(cast(:own_roles as text[])) and t.created_by is not distinct from cast(:user_id as uuid)
      as reaches
  from asked
  -- Found by its id alone (offset 0 is a fence): without statistics the planner would walk through the workspace.
  cross join lateral (select * from tasks where tasks.id = asked.id offset 0) t
  cross join effective_role(t.workspace_id, cast(:user_id as uuid), cast(:session_id as uuid), cast(:token_id as uuid)) r
  where t.deleted_at is null
    and (cast(:workspace_id as uuid) is null or t.workspace_id = cast(:workspace_id as uuid))
    and (cast(:statuses as text[]) is null or cast(t.status as text) = any(cast(:statuses as text[])))
),
-- Locked in the order of the ids, as every statement over many tasks does.
locked as materialized (
  select t.*, s.id as asked_id, s.event_id, s.role
  from seen s
  join tasks t on t.id = s.id
  where s.reaches and t.deleted_at is null
    and (cast(:statuses as text[]) is null or cast(t.status as text) = any(cast(:statuses as text[])))
  order by t.id
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
  where t.id = j.id and j.why is null and not cast(:dry_run as boolean)
  -- As `judged` is, column by column, so that both can stand in one list.
  returning t.*, j.asked_id, j.event_id, j.role, j.at, j.why
),
told as (
  select m.*, 'DELETED' as word, jsonb_build_object('title', jsonb_build_object('before', m.title, 'after', null)) as detail
  from moved m
),
written as (
  insert into events (id, workspace_id, task_id, action, from_status, to_status, elapsed_ms, version, detail, actor_id, via,
    reason, at, address, request_id)
  select event_id, workspace_id, id, word, status, status, elapsed_ms, version, detail, cast(:user_id as uuid),
    cast(:via as text), cast(:reason as text), at, cast(:address as text), cast(:request_id as text)
  from told
),
found as (
  select * from told
  union all
  select j.*, null, null from judged j where j.why is not null or cast(:dry_run as boolean)
  union all
  select (cast(null as tasks)).*, s.id, s.event_id, s.role, null, null, null, null from seen s where not s.reaches
)
select
  f.id, f.workspace_id, f.title, f.description, f.labels, f.kind, f.input, f.status, f.duration_ms, f.elapsed_ms,
  f.progress, f.progress_note, f.result, f.error, f.priority, f.timeout_ms, f.max_attempts, f.version, f.created_by,
  f.created_at, f.updated_at, f.last_run_at, f.due_at, f.resume_at, f.completed_at, f.attempt, f.lease_owner,
  f.lease_epoch, f.deadline_at, f.failures, f.held_by, f.unheard_since, f.paused_by, f.pause_reason,
  -- The event, where one was written.
  f.event_id, f.workspace_id, f.id, f.word, f.status, f.status, f.elapsed_ms, f.version, cast(null as uuid),
  f.detail, cast(:user_id as uuid), cast(:via as text), cast(:reason as text), f.at,
  f.asked_id,
  case when f.id is null then 'forbidden' when f.why is null then 'moved' else 'refused' end as answer,
  f.why, cast(null as text) as goes, f.role
from found f
order by f.asked_id
