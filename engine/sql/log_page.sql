-- The lines of a task's log after a line, oldest first, as far as the task is the caller's to see.
-- Answers: at most as many lines as the limit; none when the task is unknown or someone else's.
select l.at, l.stream, l.text, l.line
from tasks t
cross join effective_role(t.workspace_id, cast(:user_id as uuid), cast(:session_id as uuid), cast(:token_id as uuid)) r
join logs l on l.task_id = t.id
where t.id = cast(:task_id as uuid) and t.deleted_at is null and l.line > cast(:after as bigint)
order by l.line
limit cast(:limit as integer)
