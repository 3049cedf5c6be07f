-- An account is linked by its e-mail address for the first time, and nobody had shown before that the address is theirs:
-- whoever made it may have been someone else. Password and API tokens of before end (sessions: revoke_sessions.sql).
-- One row when there was something to end; no row: linked before, or a mailed link was used.
with distrusted as materialized (
  select u.id, u.password_hash from users u
  where u.id = cast(:user_id as uuid)
    and not exists (select from identities i where i.user_id = u.id)
    and not exists (
      select from events e
      where e.subject_id = u.id and e.action = 'PASSWORD_RESET' and e.detail ->> 'by' = 'mail'
    )
  for update
), forgotten as (
  update users u set password_hash = null from distrusted d where u.id = d.id
), ended as (
  update api_tokens t set revoked_at = clock_timestamp() from distrusted d
  where t.created_by = d.id and t.revoked_at is null
)
select id, password_hash is not null as had_password from distrusted
