-- The second line: a role that may only see the workspaces of the person who asks, whatever a statement forgot.
-- It is used where FERMATA_ROW_GUARD is on (docs/decisions/0003). Making a role needs CREATEROLE: without it the
-- rest of the migration stands, and turning the guard on says what is missing.
do $$
begin
  if not exists (select from pg_roles where rolname = 'fermata_requests') then
    create role fermata_requests nologin nosuperuser nobypassrls;
  end if;
  execute format('grant fermata_requests to %I', current_user);
exception
  when duplicate_object or unique_violation then null;
  when insufficient_privilege then raise notice 'the role fermata_requests could not be made';
end $$

-- Whose request it is stands in the setting fermata.user of the connection; nobody's reaches nothing.
create function reachable_workspaces() returns uuid[] language sql stable security definer set search_path = public as $$
  select coalesce(array_agg(workspace_id), cast('{}' as uuid[])) from memberships
  where user_id = cast(nullif(current_setting('fermata.user', true), '') as uuid)
$$

alter table workspaces enable row level security

create policy reach on workspaces using (id = any (cast((select reachable_workspaces()) as uuid[])))

alter table memberships enable row level security

create policy reach on memberships using (workspace_id = any (cast((select reachable_workspaces()) as uuid[])))

alter table invitations enable row level security

create policy reach on invitations using (workspace_id = any (cast((select reachable_workspaces()) as uuid[])))

alter table api_tokens enable row level security

create policy reach on api_tokens using (workspace_id = any (cast((select reachable_workspaces()) as uuid[])))

alter table tasks enable row level security

create policy reach on tasks using (workspace_id = any (cast((select reachable_workspaces()) as uuid[])))

alter table task_counts enable row level security

create policy reach on task_counts using (workspace_id = any (cast((select reachable_workspaces()) as uuid[])))

alter table logs enable row level security

create policy reach on logs using (exists (select from tasks where tasks.id = logs.task_id))

alter table events enable row level security

-- What is about no workspace is one's own account, by either end.
create policy reach on events using (
  workspace_id = any (cast((select reachable_workspaces()) as uuid[]))
  or (workspace_id is null and cast(nullif(current_setting('fermata.user', true), '') as uuid) in (actor_id, subject_id))
)

do $$
begin
  if exists (select from pg_roles where rolname = 'fermata_requests') then
    grant usage on schema public to fermata_requests;
    grant select, insert, update, delete on all tables in schema public to fermata_requests;
    grant usage on all sequences in schema public to fermata_requests;
    revoke insert, update, delete on users, identities, password_resets, lockouts, instance, workspaces, memberships,
      invitations, api_tokens, sessions, refresh_tokens from fermata_requests;
    revoke select on identities, password_resets, lockouts, refresh_tokens from fermata_requests;
  end if;
end $$
