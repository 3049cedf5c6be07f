-- Locks the workspaces of a person in the order of their ids: a change of the account is a change of each (a trigger
-- writes it), and whoever changes their members locks them too.
select id from workspaces
where id in (select workspace_id from memberships where user_id = cast(:user_id as uuid))
order by id for no key update
