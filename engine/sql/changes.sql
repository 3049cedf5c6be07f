-- What changed in a workspace since a snapshot, the oldest change first, a piece at a time, in one round trip.
-- Answers: a row for each task (also for tombstones), or a single row without one. Each row says
--   epoch, now   the revision that this statement reads in
--   known        whether the caller has a role here
--   continues    whether the snapshot can be continued; else the caller must start afresh: it is of another cluster, of a
--                time that this cluster has not reached (restored), or older than tombstones that retention has taken
with asked as (
  select cast(cast(:since as text) as pg_snapshot) as since,
    coalesce(cast(cast(:goal as text) as pg_snapshot), pg_current_snapshot()) as goal,
    cast(cast(:changed as text) as xid8) as changed,
    cast(:id as uuid) as id
),
state as (
  select i.epoch, pg_current_snapshot() as now,
    exists (
      select from effective_role(cast(:workspace_id as uuid), cast(:user_id as uuid), cast(:session_id as uuid),
        cast(:token_id as uuid)) r
    ) as known,
    coalesce(
      i.epoch = cast(:epoch as uuid)
      and i.horizon < pg_snapshot_xmin(a.since)
      and pg_snapshot_xmax(a.since) <= pg_snapshot_xmax(pg_current_snapshot()),
      false
    ) as continues
  from instance i
  cross join asked a
)
select
  r.id, r.workspace_id, r.title, r.description, r.labels, r.kind, r.input, r.status, r.duration_ms, r.elapsed_ms,
  r.progress, r.progress_note, r.result, r.error, r.priority, r.timeout_ms, r.max_attempts, r.version, r.created_by,
  r.created_at, r.updated_at, r.last_run_at, r.due_at, r.resume_at, r.completed_at, r.attempt, r.lease_owner,
  r.lease_epoch, r.deadline_at, r.failures, r.held_by, r.unheard_since, r.paused_by, r.pause_reason,
  r.deleted_at is not null as deleted, cast(cast(r.changed as text) as bigint) as changed,
  s.epoch, cast(s.now as text) as now, s.known, s.continues
from state s
cross join asked a
-- A subquery with a limit of its own, so that it is a walk along the index from the snapshot on, and never a sort.
left join lateral (
  select t.*
  from tasks t
  where t.workspace_id = cast(:workspace_id as uuid)
    and t.changed >= coalesce(a.changed, pg_snapshot_xmin(a.since))
    and (a.changed is null or (t.changed, t.id) > (a.changed, a.id))
    and t.changed < pg_snapshot_xmax(a.goal)
    and not pg_visible_in_snapshot(t.changed, a.since)
    and s.known and s.continues
  order by t.changed, t.id
  limit cast(:limit as integer)
) r on true
order by r.changed, r.id
