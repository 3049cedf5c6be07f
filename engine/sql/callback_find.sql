-- The answer that was called back for a step of a run.
-- Answers: its body; nothing while there is none.
select body from callbacks
where task_id = cast(:task_id as uuid) and run = cast(:run as integer) and step = cast(:step as integer)
