-- A refresh token is presented. outcome:
--   rotated   its first use: the successor is written, the session lives on, up to its last day
--   repeated  used less than ten seconds ago, the answer was lost or another tab was faster: the same successor
--   reused    used before that: someone has a copy, the whole family ends
--   aged      the session began so many days ago that it ends, however much it is used; else it would go on
--   over      the session was revoked or is over, or the account is disabled
-- No row: unknown.
with locked as materialized (
  select token_hash, session_id, used_at from refresh_tokens
  where token_hash = cast(:token_hash as bytea)
  for update
), presented as materialized (
  select locked.*, clock_timestamp() as now from locked
), held as materialized (
  select s.id, u.id as user_id, s.expires_at > p.now as lives,
    s.created_at + make_interval(days => cast(:longest as integer)) as ends
  from presented p
  join sessions s on s.id = p.session_id and s.revoked_at is null
  join users u on u.id = s.user_id and not u.disabled
  for update of s
), judged as materialized (
  select p.token_hash, p.session_id, p.now, held.user_id, held.ends,
    case
      when held.ends <= p.now then 'aged'
      when held.id is null or not held.lives then 'over'
      when p.used_at is null then 'rotated'
      when p.used_at > p.now - make_interval(secs => cast(:grace as double precision)) then 'repeated'
      else 'reused'
    end as outcome
  from presented p left join held on held.id = p.session_id
), used as (
  update refresh_tokens r set used_at = j.now, successor = cast(:successor_hash as bytea)
  from judged j where r.token_hash = j.token_hash and j.outcome = 'rotated'
), followed as (
  insert into refresh_tokens (token_hash, session_id)
  select cast(:successor_hash as bytea), session_id from judged where outcome = 'rotated'
), written as (
  update sessions s set
    last_used_at = j.now,
    expires_at = case when j.outcome = 'rotated' then least(j.now + make_interval(days => cast(:days as integer)), j.ends) else s.expires_at end,
    revoked_at = case when j.outcome = 'reused' then j.now end
  from judged j where s.id = j.session_id and j.outcome in ('rotated', 'reused')
), told as (
  insert into events (id, action, subject_id, detail, address, request_id)
  select cast(:event_id as uuid), 'SESSION_REVOKED', j.user_id,
    jsonb_build_object('session', j.session_id, 'why', 'a refresh token was used twice'),
    cast(:address as varchar), cast(:request_id as varchar)
  from judged j where j.outcome = 'reused'
)
select j.outcome, j.session_id, u.id, u.email, u.display_name, u.is_instance_admin, u.disabled, u.created_at
from judged j left join users u on u.id = j.user_id
