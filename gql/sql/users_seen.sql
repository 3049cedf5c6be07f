-- Which of some people the caller may look up: oneself, and members of a workspace that the caller's credential reaches.
-- Answers: a row for each; `administered` says whether the caller is an ADMIN of a workspace that they share.
select m.user_id as id, bool_or(r.role = 'ADMIN') as administered
from memberships mine
cross join effective_role(
  mine.workspace_id, cast(:user_id as uuid), cast(:session_id as uuid), cast(:token_id as uuid)
) r
join memberships m on m.workspace_id = mine.workspace_id
where mine.user_id = cast(:user_id as uuid) and m.user_id = any(cast(:ids as uuid[]))
group by m.user_id
