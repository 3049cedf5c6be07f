-- Accounts in the order of their addresses, for an admin of the installation whose session holds. No row: none, or the one
-- who asks may not.
select u.id, u.email, u.display_name, u.is_instance_admin, u.disabled, u.created_at, lower(u.email) as sort
from users u
where exists (
    select from users a join sessions s on s.user_id = a.id
    where a.id = cast(:actor_id as uuid) and a.is_instance_admin and not a.disabled
      and s.id = cast(:session_id as uuid) and s.revoked_at is null and s.expires_at > clock_timestamp()
  )
  and (cast(:after as varchar) is null or lower(u.email) > cast(:after as varchar))
  and (cast(:search as varchar) is null or lower(u.email) like lower(cast(:search as varchar))
    or lower(u.display_name) like lower(cast(:search as varchar)))
order by lower(u.email)
limit cast(:limit as integer)
