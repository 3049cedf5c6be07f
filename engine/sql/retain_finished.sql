-- Deletes tasks that ended so many days ago, on nobody's behalf, at most :limit at a time: they become tombstones, and their
-- history stays. Answers: a row for each.
with locked as materialized (
  select t.id
  from tasks t
  where t.completed_at < (select clock_timestamp()) - cast(:days as integer) * interval '1 day' and t.deleted_at is null
  order by t.completed_at
  limit cast(:limit as integer)
  for no key update of t skip locked
),
clock as materialized (
  select date_trunc('milliseconds', clock_timestamp()) as at, count(*) from locked
),
moved as (
  update tasks t set deleted_at = c.at, updated_at = c.at, version = t.version + 1, held_by = null
  from locked l
  cross join clock c
  where t.id = l.id
  returning t.*
),
written as (
  insert into events (id, workspace_id, task_id, action, from_status, to_status, elapsed_ms, version, detail, reason, at)
  select gen_random_uuid(), workspace_id, id, 'DELETED', status, status, elapsed_ms, version,
    jsonb_build_object('title', jsonb_build_object('before', title, 'after', null)), cast(:reason as text), deleted_at
  from moved
)
select id from moved
