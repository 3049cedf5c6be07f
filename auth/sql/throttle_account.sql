-- Counts an attempt for an account before its password is looked at. No row: blocked.
-- Every `limit` attempts without a pause of `window` seconds block it, each time for twice as long, up to `longest`.
insert into lockouts as l (key, failures, last_at)
values ('account:' || encode(sha256(convert_to(lower(cast(:account as text)), 'UTF8')), 'hex'), 1, clock_timestamp())
on conflict (key) do update set (failures, last_at, blocked_until) = (
  select counted.failures, clock_timestamp(),
    case when counted.failures % cast(:limit as integer) = 0 then
      clock_timestamp() + make_interval(secs => least(
        cast(:window as double precision) * 2 ^ least(counted.failures / cast(:limit as integer) - 1, 10),
        cast(:longest as double precision)))
    end
  from (
    select case
      when greatest(l.last_at, l.blocked_until) < clock_timestamp() - make_interval(secs => cast(:window as double precision))
      then 1 else l.failures + 1
    end as failures
  ) as counted
)
where l.blocked_until is null or l.blocked_until <= clock_timestamp()
returning key
