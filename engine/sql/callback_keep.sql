-- Keeps the answer that was called back for a step of a run.
-- Answers: nothing. The first one counts; what comes for a task that is gone is left out.
insert into callbacks (task_id, run, step, body)
select t.id, cast(:run as integer), cast(:step as integer), cast(:body as text)
from tasks t
where t.id = cast(:task_id as uuid)
on conflict do nothing
