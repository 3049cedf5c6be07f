-- People by id, for those who hold something that names them (a task, an event, a membership).
-- Answers: a row for each account that exists; `tracked` says whether a change of it would change the revision of one of the
-- workspaces :read (the trigger touch_workspaces_of_user).
select u.id, u.email, u.display_name, u.is_instance_admin, u.disabled, u.created_at,
  exists (
    select from memberships m where m.user_id = u.id and m.workspace_id = any(cast(:read as uuid[]))
  ) as tracked
from users u
where u.id = any(cast(:ids as uuid[]))
