-- Whether a task still waits to be claimed with this epoch.
-- Answers: its kind; nothing when it waits no more.
select t.kind from tasks t
where t.id = cast(:id as uuid) and t.lease_epoch = cast(:epoch as integer) and t.status = 'QUEUED' and t.deleted_at is null
