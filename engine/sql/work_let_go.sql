-- A worker that leaves lets go of what it holds in place: whoever goes on with it begins again.
-- Answers: the ids that it held. No step in the life of the task: it stays PAUSED (or QUEUED).
update tasks t set held_by = null
where t.id = any(cast(:ids as uuid[])) and t.held_by = cast(:owner as text)
returning t.id
