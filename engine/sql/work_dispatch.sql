-- What is QUEUED and due is to be sent to the workers; it is due again later, should nobody claim it: the row is the outbox.
-- Answers: id and epoch of each, for the message. Two processes that ask at once get different ones.
with due as materialized (
  select t.id
  from tasks t
  where t.deadline_at <= clock_timestamp() and t.lease_owner is null and t.status = 'QUEUED' and t.deleted_at is null
  order by t.deadline_at
  limit cast(:limit as integer)
  for no key update of t skip locked
)
update tasks t set deadline_at = clock_timestamp() + cast(:again_ms as integer) * interval '1 millisecond'
from due
where t.id = due.id
returning t.id, t.lease_epoch, t.priority
