-- A part of the log of each of some tasks that the caller may see: the first lines, or those after :line.
-- Answers: at most :limit rows a task, the earliest first; none for a task that is not there.
select l.task_id, l.line, l.at, l.stream, l.text
from unnest(cast(:ids as uuid[])) as asked (id)
join tasks t on t.id = asked.id and t.deleted_at is null
cross join effective_role(
  t.workspace_id, cast(:user_id as uuid), cast(:session_id as uuid), cast(:token_id as uuid)
) r
cross join lateral (
  select * from logs
  where task_id = t.id and line > cast(:line as bigint)
  order by line
  limit cast(:limit as integer)
) l
order by l.task_id, l.line
