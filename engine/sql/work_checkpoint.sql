-- A worker writes down how far its work is: checkpoints and progress, for leases that still are its own.
-- Answers: the id and epoch of each that was written. What is missing is lost: nothing was changed.
-- No version and no event: this is no step in the life of a task. A checkpoint of null leaves the one that is there.
with asked as (
  select *
  from unnest(cast(:ids as uuid[]), cast(:epochs as integer[]), cast(:checkpoints as text[]),
    cast(:fractions as double precision[]), cast(:notes as text[])) as asked (id, epoch, checkpoint, fraction, note)
),
locked as materialized (
  select t.id, a.checkpoint, a.fraction, a.note
  from asked a
  join tasks t on t.id = a.id and t.lease_epoch = a.epoch
  where t.lease_owner = cast(:owner as text)
  order by t.id
  for no key update of t
)
update tasks t set
  checkpoint = coalesce(cast(l.checkpoint as jsonb), t.checkpoint),
  -- It has come further: whatever becomes of this worker, it is not for what ended those before it.
  recoveries = case when cast(l.checkpoint as jsonb) is distinct from coalesce(t.checkpoint, 'null') and l.checkpoint is not null
    then 0 else t.recoveries end,
  progress = coalesce(l.fraction, t.progress),
  progress_note = coalesce(l.note, t.progress_note)
from locked l
where t.id = l.id
returning t.id, t.lease_epoch
