-- A workspace and its first admin. No row: the slug is taken.
with founded as (
  insert into workspaces (id, slug, name)
  values (cast(:id as uuid), cast(:slug as varchar), cast(:name as varchar))
  on conflict (slug) do nothing
  returning id, slug, name, created_at
), joined as (
  insert into memberships (workspace_id, user_id, role)
  select id, cast(:user_id as uuid), 'ADMIN' from founded
)
select * from founded
