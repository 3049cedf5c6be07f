-- The revision of what is read from now on: the cluster's epoch and the snapshot. Always one row.
select cast(epoch as text) as epoch, cast(pg_current_snapshot() as text) as snapshot from instance
