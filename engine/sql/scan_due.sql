-- The timers that are due within so many milliseconds, the earliest first: a row for each, with the seconds that are left
-- (negative: it is overdue). PostgreSQL's clock is read once, so that the index is used.
with clock as materialized (
  select clock_timestamp() as at
)
select t.id, cast(extract(epoch from t.due_at - (select at from clock)) as double precision) as seconds
from tasks t
where t.due_at <= (select at from clock) + cast(:ahead_ms as integer) * interval '1 millisecond'
  and t.deleted_at is null
order by t.due_at
limit cast(:limit as integer)
