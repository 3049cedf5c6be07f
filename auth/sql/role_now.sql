-- The role that holds at this moment. No row: not there, or not theirs.
select r.role from effective_role(cast(:workspace_id as uuid), cast(:actor_id as uuid), cast(:session_id as uuid), cast(:token_id as uuid)) r
