-- In which of many workspaces anything that a revision covers has changed since: one index probe a pair, in one round trip.
-- A row, with the pair's place among those asked: it has. No row: it has not.
-- A row of a table counts when the transaction that last wrote it was not visible in the snapshot, in whichever order they
-- committed. Also changed: another epoch, a snapshot that this cluster has not reached (it was restored), a workspace that is
-- gone, a revision from before tombstones that retention has taken.
select asked.place, true as changed
from unnest(cast(:workspace_ids as uuid[]), cast(:epochs as uuid[]), cast(:snapshots as text[]))
  with ordinality as asked (workspace_id, epoch, snapshot, place)
cross join lateral (select cast(asked.snapshot as pg_snapshot) as seen) s
left join instance i on i.epoch = asked.epoch
left join workspaces w on w.id = asked.workspace_id
where i.is_only is null
  or w.id is null
  or w.changed >= pg_snapshot_xmin(s.seen) and not pg_visible_in_snapshot(w.changed, s.seen)
  or i.horizon >= pg_snapshot_xmin(s.seen)
  or pg_snapshot_xmax(s.seen) > pg_snapshot_xmax(pg_current_snapshot())
  -- Not `exists`: the planner would walk through the table, as it expects to meet a change soon.
  or (
    select t.id
    from tasks t
    where t.workspace_id = asked.workspace_id
      and t.changed >= pg_snapshot_xmin(s.seen)
      and not pg_visible_in_snapshot(t.changed, s.seen)
    order by t.changed
    limit 1
  ) is not null
