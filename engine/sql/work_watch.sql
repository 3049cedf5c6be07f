-- What is wished of the leases of a worker, without prolonging them, and how the work stands that it holds in place.
-- Answers: id, epoch, status, and whose it is (lease or hold). What is missing is neither: stop the work.
select t.id, t.lease_epoch, t.status
from unnest(cast(:ids as uuid[]), cast(:epochs as integer[])) as asked (id, epoch)
join tasks t on t.id = asked.id and t.lease_epoch = asked.epoch
where coalesce(t.lease_owner, t.held_by) = cast(:owner as text) and t.deleted_at is null
