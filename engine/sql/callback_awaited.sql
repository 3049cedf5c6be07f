-- Whether an answer may be called back for this run of a task.
-- Answers: the task's kind; nothing when there is no such task, or that run of it is over.
select t.kind from tasks t
where t.id = cast(:task_id as uuid) and t.deleted_at is null and t.attempt - t.failures = cast(:run as integer)
  and t.status in ('QUEUED', 'IN_PROGRESS', 'PAUSING', 'PAUSED')
