-- A member of a workspace. No row: there is none.
select role from memberships where workspace_id = cast(:workspace_id as uuid) and user_id = cast(:user_id as uuid)
