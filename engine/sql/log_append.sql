-- Adds lines to the logs of tasks, of each at most 10,000: written by the worker whose lease it is or was last.
-- Answers: nothing. Lines of a late worker, and those beyond the cap, are left out.
insert into logs (task_id, attempt, at, stream, text)
select t.id, t.attempt, clock_timestamp() - line.age_ms * interval '1 millisecond', line.stream, line.text
from unnest(cast(:ids as uuid[]), cast(:epochs as integer[]), cast(:ages_ms as double precision[]), cast(:streams as text[]),
  cast(:texts as text[])) with ordinality as line (id, epoch, age_ms, stream, text, place)
join tasks t on t.id = line.id and t.lease_epoch = line.epoch
join lateral (select count(*) as lines from (select from logs l where l.task_id = t.id limit cast(:cap as integer)) kept) k
  on k.lines < cast(:cap as integer)
order by line.place
