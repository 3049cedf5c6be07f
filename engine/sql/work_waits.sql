-- Which tasks still wait to be claimed with these epochs.
-- Answers: id, epoch and kind of each; nothing for those that wait no more.
select t.id, t.lease_epoch, t.kind
from unnest(cast(:ids as uuid[]), cast(:epochs as integer[])) as asked (id, epoch)
join tasks t on t.id = asked.id and t.lease_epoch = asked.epoch
where t.status = 'QUEUED' and t.deleted_at is null
