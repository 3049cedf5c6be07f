-- The workspace of a slug, with the caller's role and the revision of this reading.
-- Answers: a row when it is the caller's to see; no row for what is not, or is not there.
select w.id, w.slug, w.name, w.created_at, r.role,
  (select epoch from instance) as epoch, cast(pg_current_snapshot() as text) as snapshot
from workspaces w
cross join effective_role(w.id, cast(:user_id as uuid), cast(:session_id as uuid), cast(:token_id as uuid)) r
where w.slug = cast(:slug as text)
