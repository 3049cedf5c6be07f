-- One line of the history that is not about a task.
insert into events (id, workspace_id, action, subject_id, detail, actor_id, via, address, request_id)
values (
  cast(:id as uuid), cast(:workspace_id as uuid), cast(:action as varchar), cast(:subject_id as uuid),
  cast(cast(:detail as text) as jsonb), cast(:actor_id as uuid), cast(:via as varchar), cast(:address as varchar),
  cast(:request_id as varchar)
)
