-- Invitations by id that can still be answered, for admins of their workspaces.
-- Answers: a row for each; none for what is used, withdrawn, unknown, or in a workspace where the caller is no ADMIN.
select i.id, i.workspace_id, i.email, i.role, i.expires_at, i.invited_by
from invitations i
cross join effective_role(
  i.workspace_id, cast(:user_id as uuid), cast(:session_id as uuid), cast(:token_id as uuid)
) r
where i.id = any(cast(:ids as uuid[])) and i.accepted_at is null and i.revoked_at is null and r.role = 'ADMIN'
