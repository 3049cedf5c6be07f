-- How many tasks stand where, for the workspaces among these that the caller may see: a row for each pair that has any.
select c.workspace_id, c.status, cast(sum(c.count) as bigint) as count
from task_counts c
cross join effective_role(c.workspace_id, cast(:user_id as uuid), cast(:session_id as uuid), cast(:token_id as uuid)) r
where c.workspace_id = any(cast(:workspace_ids as uuid[]))
group by c.workspace_id, c.status
having sum(c.count) <> 0
