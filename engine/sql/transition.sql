-- One action of a person on some tasks, in one round trip: lock · clock · judge · move · event.
-- Answers, a row for each id that the caller may see, in the order of the ids; no row: no such task, or not the caller's to see.
--   moved      the task as it is now, and its new event
--   refused    the task as it is (why: status, version, input); a timer that was due has completed, with its event
--   forbidden  the caller's role, and nothing else was touched
-- In a dry run `goes` says where each would go, and nothing is written.
-- Where a verb leads from which status is no knowledge of this file: the arrays come from models/lifecycle.py.
-- What a later step needs is carried along row by row: joining these steps by id again would be quadratic.
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
-- Locked in the order of the ids, so that two statements over the same tasks wait for each other and never deadlock.
locked as materialized (
  select t.*, s.id as asked_id, s.event_id, s.role
  from seen s
  join tasks t on t.id = s.id
  where s.reaches and t.deleted_at is null
    and (cast(:statuses as text[]) is null or cast(t.status as text) = any(cast(:statuses as text[])))
  order by t.id
  for no key update of t
),
-- Reads the clock from the locked rows: it cannot run before the locks are held. Whole milliseconds, as the API shows.
clock as materialized (
  select date_trunc('milliseconds', clock_timestamp()) as at, count(*) from locked
),
weighed as (
  select l.*, n.at,
    l.kind = 'timer' and l.status = 'IN_PROGRESS' and l.due_at <= n.at as due,
    case when l.kind = 'timer'
      then (cast(:timer_to as text[]))[array_position(cast(:timer_from as text[]), cast(l.status as text))]
      else (cast(:work_to as text[]))[array_position(cast(:work_from as text[]), cast(l.status as text))]
    end as leads_to,
    -- Active time only; a timer's never passes its duration.
    least(
      case when l.kind = 'timer' then l.duration_ms else 2147483647 end,
      l.elapsed_ms + case when l.status in ('IN_PROGRESS', 'PAUSING', 'CANCELLING')
        then cast(extract(epoch from n.at - l.last_run_at) * 1000 as bigint) else 0 end
    ) as spent
  from locked l
  cross join clock c
  -- A host's clock may be set back: a task's time is not.
  cross join lateral (select greatest(c.at, l.updated_at) as at) n
),
judged as (
  select w.*,
    case
      when cast(:expected_version as integer) <> w.version then 'version'
      when w.due or w.leads_to is null then 'status'
      when cast(:resume_at as timestamptz) <= w.at
        or cast(:resume_at as timestamptz) > w.at + interval '1 year' then 'input'
    end as why
  from weighed w
),
decided as materialized (
  select j.*,
    case when j.due then 'COMPLETED' when j.why is null then j.leads_to end as goes,
    case when j.due then 'COMPLETED' else cast(:verb as text) end as word,
    not j.due and cast(:verb as text) = 'RUN' as starts,
    not j.due and (cast(:verb as text) = 'RUN' or j.leads_to = 'CANCELLED') as from_zero,
    j.status as was, j.resume_at as was_to_resume_at
  from judged j
),
moved as (
  update tasks t set
    status = cast(d.goes as task_status),
    version = t.version + 1,
    updated_at = d.at,
    elapsed_ms = case when d.from_zero then 0 else d.spent end,
    last_run_at = case when d.goes in ('IN_PROGRESS', 'PAUSING', 'CANCELLING') then d.at else t.last_run_at end,
    due_at = case when d.kind = 'timer' and d.goes = 'IN_PROGRESS'
      then d.at + (d.duration_ms - case when d.starts then 0 else d.spent end) * interval '1 millisecond' end,
    resume_at = case when d.goes in ('PAUSED', 'PAUSING') then cast(:resume_at as timestamptz) end,
    paused_by = case when d.goes in ('PAUSED', 'PAUSING') then cast(d.role as role) end,
    pause_reason = case when d.goes in ('PAUSED', 'PAUSING') then cast(:reason as text) end,
    completed_at = case when d.goes in ('COMPLETED', 'FAILED', 'CANCELLED') then d.at end,
    attempt = t.attempt + case when d.starts then 1 else 0 end,
    progress = case when d.from_zero then null else t.progress end,
    progress_note = case when d.from_zero then null else t.progress_note end,
    checkpoint = case when d.from_zero then null else t.checkpoint end,
    held_by = case when d.from_zero then null else t.held_by end,
    result = case when d.starts then null else t.result end,
    error = case when d.starts then null else t.error end,
    failures = case when d.starts then 0 else t.failures end,
    recoveries = case when d.starts then 0 else t.recoveries end,
    lease_owner = case when d.goes in ('IN_PROGRESS', 'PAUSING', 'CANCELLING') then t.lease_owner end,
    unheard_since = case when d.goes in ('IN_PROGRESS', 'PAUSING', 'CANCELLING') then t.unheard_since end,
    deadline_at = case
      when d.kind = 'timer' then null
      when d.goes = 'QUEUED' then d.at
      when d.goes = 'IN_PROGRESS' then t.deadline_at
      when d.goes in ('PAUSING', 'CANCELLING')
        then greatest(t.deadline_at, d.at + cast(:acknowledge_ms as integer) * interval '1 millisecond')
    end
  from decided d
  where t.id = d.id and d.goes is not null and not cast(:dry_run as boolean)
  -- As `decided` is, column by column, so that both can stand in one list.
  returning t.*, d.asked_id, d.event_id, d.role, d.at, d.due, d.leads_to, d.spent, d.why, d.goes, d.word, d.starts,
    d.from_zero, d.was, d.was_to_resume_at
),
told as (
  select m.*,
    case
      when m.status = 'CANCELLED' and m.spent > 0
        then jsonb_build_object('elapsedMs', jsonb_build_object('before', m.spent, 'after', 0))
      when m.resume_at is distinct from m.was_to_resume_at
        then jsonb_build_object('resumeAt', jsonb_build_object('before', m.was_to_resume_at, 'after', m.resume_at))
    end as detail,
    case when not m.due then cast(:user_id as uuid) end as actor_id,
    case when not m.due then cast(:via as text) end as via,
    case when not m.due then cast(:reason as text) end as reason
  from moved m
),
written as (
  insert into events (id, workspace_id, task_id, action, from_status, to_status, elapsed_ms, version, detail,
    actor_id, via, reason, at, address, request_id)
  select event_id, workspace_id, id, word, was, status, elapsed_ms, version, detail, actor_id, via, reason, at,
    case when not due then cast(:address as text) end, case when not due then cast(:request_id as text) end
  from told
),
found as (
  select * from told
  union all
  select d.*, null, null, null, null from decided d where d.goes is null or cast(:dry_run as boolean)
  union all
  select (cast(null as tasks)).*, s.id, s.event_id, s.role, null, null, null, null, null, null, null, null, null, null,
    null, null, null, null, null
  from seen s where not s.reaches
)
select
  f.id, f.workspace_id, f.title, f.description, f.labels, f.kind, f.input, f.status, f.duration_ms, f.elapsed_ms,
  f.progress, f.progress_note, f.result, f.error, f.priority, f.timeout_ms, f.max_attempts, f.version, f.created_by,
  f.created_at, f.updated_at, f.last_run_at, f.due_at, f.resume_at, f.completed_at, f.attempt, f.lease_owner,
  f.lease_epoch, f.deadline_at, f.failures, f.held_by, f.unheard_since, f.paused_by, f.pause_reason,
  -- The event, where one was written.
  f.event_id, f.workspace_id, f.id, f.word, f.was, f.status, f.elapsed_ms, f.version, cast(null as uuid),
  f.detail, f.actor_id, f.via, f.reason, f.at,
  f.asked_id,
  case when f.id is null then 'forbidden' when f.why is null then 'moved' else 'refused' end as answer,
  f.why, f.goes, f.role
from found f
order by f.asked_id
