-- A part of the history of each of some tasks that the caller may see: the newest versions, or those before :version.
-- Answers: at most :limit rows a task, the newest first; none for a task that is not there.
select
  e.id, e.workspace_id, e.task_id, e.action, e.from_status, e.to_status, e.elapsed_ms, e.version, e.subject_id,
  e.detail, e.actor_id, e.via, e.reason, e.at
from unnest(cast(:ids as uuid[])) as asked (id)
join tasks t on t.id = asked.id
cross join effective_role(
  t.workspace_id, cast(:user_id as uuid), cast(:session_id as uuid), cast(:token_id as uuid)
) r
cross join lateral (
  select * from events
  where task_id = t.id and version is not null
    and (cast(:version as integer) is null or version < cast(:version as integer))
  order by version desc
  limit cast(:limit as integer)
) e
order by e.task_id, e.version desc
