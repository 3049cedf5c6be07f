-- Takes tombstones that are so many days old, with their logs, at most :limit at a time. Answers: a row for each.
-- In the same moment the horizon moves: a revision from before it starts afresh, as it would never hear of them.
with taken as (
  delete from tasks
  where id in (
    select id from tasks
    where deleted_at < (select clock_timestamp()) - cast(:days as integer) * interval '1 day'
    order by deleted_at
    limit cast(:limit as integer)
    for update skip locked
  )
  returning id, changed
),
last as (
  select changed from taken order by changed desc limit 1
),
moved as (
  update instance i set horizon = greatest(i.horizon, last.changed) from last
)
select id from taken
