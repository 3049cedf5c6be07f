-- Marks the work whose worker was not heard of for a while although its lease still runs: the task says so, and since when.
-- Answers: each task that was marked, as it is now. No version and no event: this is no step in the life of a task; the next
--   heartbeat takes the mark away, the sweep does when the lease has run out.
with silent as materialized (
  select t.id
  from tasks t
  where t.deadline_at < clock_timestamp() + cast(:lease_ms as integer) * interval '1 millisecond'
      - cast(:silence_ms as integer) * interval '1 millisecond'
    and t.lease_owner is not null and t.unheard_since is null and t.deleted_at is null
  order by t.deadline_at
  limit cast(:limit as integer)
  for no key update of t skip locked
),
marked as (
  update tasks t set unheard_since = t.deadline_at - cast(:lease_ms as integer) * interval '1 millisecond'
  from silent s
  where t.id = s.id
  returning t.*
)
select
  m.id, m.workspace_id, m.title, m.description, m.labels, m.kind, m.input, m.status, m.duration_ms, m.elapsed_ms,
  m.progress, m.progress_note, m.result, m.error, m.priority, m.timeout_ms, m.max_attempts, m.version, m.created_by,
  m.created_at, m.updated_at, m.last_run_at, m.due_at, m.resume_at, m.completed_at, m.attempt, m.lease_owner,
  m.lease_epoch, m.deadline_at, m.failures, m.held_by, m.unheard_since, m.paused_by, m.pause_reason
from marked m
