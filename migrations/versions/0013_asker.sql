-- For whom a statement works. It stands in two settings until the end of the transaction: who it is, and what they reached
-- when it began, so that someone who leaves a workspace can still write that they did.
create function works_for(person text) returns boolean language plpgsql security definer as $$
begin
  if current_setting('fermata.user', true) is distinct from person then
    perform set_config('fermata.user', person, true);
    perform set_config('fermata.reach', (
      select cast(coalesce(array_agg(workspace_id), '{}') as text) from public.memberships
      where user_id = cast(nullif(person, '') as uuid)
    ), true);
  end if;
  return true;
end $$

-- A parameter of this type tells it: the values of a statement are read, and this is checked, before it is planned or run.
-- So it takes no round trip of its own, and needs nothing of a connection that others use in between (PgBouncer).
create domain asker as text check (works_for(value))

-- Behind PgBouncer a connection cannot be of the role from its beginning: there the same parameter also makes it so.
create domain pooled_asker as text
check (set_config('role', 'fermata_requests', true) is not null and works_for(value))

-- As a version before this one tells it: by the setting alone.
create function workspaces_of_asker() returns uuid[] language sql stable security definer as $$
  select coalesce(array_agg(workspace_id), '{}') from public.memberships
  where user_id = cast(nullif(current_setting('fermata.user', true), '') as uuid)
$$

create or replace function reachable_workspaces() returns uuid[] language sql stable security invoker as $$
  select case when current_setting('fermata.reach', true) <> ''
    then cast(current_setting('fermata.reach', true) as uuid[]) else workspaces_of_asker() end
$$

alter function reachable_workspaces() reset search_path

-- What lists read. Beneath a policy PostgreSQL uses no index for operators that it does not know to be leakproof: statuses,
-- labels, words. A view of the owner holds the same condition, and its indexes.
create view reachable_tasks as
select * from tasks where workspace_id = any (cast((select reachable_workspaces()) as uuid[]))

-- What a change of a member, an invitation or a token means for its workspace, whoever makes it.
alter function touch_workspace() security definer set search_path = public

alter function touch_workspaces_of_user() security definer set search_path = public

alter function forget_counts() security definer set search_path = public
