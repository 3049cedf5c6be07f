-- The tasks with these ids that the caller may see, in any order; what is not there is unknown or someone else's.
select
  t.id, t.workspace_id, t.title, t.description, t.labels, t.kind, t.input, t.status, t.duration_ms, t.elapsed_ms,
  t.progress, t.progress_note, t.result, t.error, t.priority, t.timeout_ms, t.max_attempts, t.version, t.created_by,
  t.created_at, t.updated_at, t.last_run_at, t.due_at, t.resume_at, t.completed_at, t.attempt, t.lease_owner,
  t.lease_epoch, t.deadline_at, t.failures, t.held_by, t.unheard_since, t.paused_by, t.pause_reason
from tasks t
cross join effective_role(t.workspace_id, cast(:user_id as uuid), cast(:session_id as uuid), cast(:token_id as uuid)) r
where t.id = any(cast(:ids as uuid[])) and t.deleted_at is null
