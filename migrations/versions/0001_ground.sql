create extension if not exists pg_trgm

create type role as enum ('VIEWER', 'OPERATOR', 'EDITOR', 'ADMIN')

create type task_status as enum ('NOT_STARTED', 'QUEUED', 'IN_PROGRESS', 'PAUSING', 'PAUSED', 'CANCELLING', 'CANCELLED', 'COMPLETED', 'FAILED')

CREATE TABLE events (
  id UUID NOT NULL,
  workspace_id UUID,
  task_id UUID,
  action VARCHAR NOT NULL,
  from_status task_status,
  to_status task_status,
  elapsed_ms INTEGER,
  version INTEGER,
  subject_id UUID,
  detail JSONB,
  actor_id UUID,
  via VARCHAR,
  reason VARCHAR,
  at TIMESTAMP WITH TIME ZONE DEFAULT clock_timestamp() NOT NULL,
  address VARCHAR,
  request_id VARCHAR,
  CONSTRAINT pk_events PRIMARY KEY (id)
)

CREATE INDEX ix_events_subject ON events (subject_id) WHERE subject_id is not null

CREATE INDEX ix_events_workspace ON events (workspace_id, at, id)

CREATE UNIQUE INDEX uq_events_task_version ON events (task_id, version) WHERE task_id is not null

CREATE TABLE idempotency_keys (
  principal VARCHAR NOT NULL,
  key VARCHAR NOT NULL,
  body_hash BYTEA NOT NULL,
  created_at TIMESTAMP WITH TIME ZONE DEFAULT clock_timestamp() NOT NULL,
  finished_at TIMESTAMP WITH TIME ZONE,
  status INTEGER,
  response BYTEA,
  CONSTRAINT pk_idempotency_keys PRIMARY KEY (principal, key)
)

CREATE TABLE instance (
  is_only BOOLEAN DEFAULT true NOT NULL,
  epoch UUID NOT NULL,
  cluster BIGINT NOT NULL,
  CONSTRAINT pk_instance PRIMARY KEY (is_only),
  CONSTRAINT ck_instance_one_row CHECK (is_only)
)

CREATE TABLE lockouts (
  key VARCHAR NOT NULL,
  failures INTEGER NOT NULL,
  last_at TIMESTAMP WITH TIME ZONE NOT NULL,
  blocked_until TIMESTAMP WITH TIME ZONE,
  CONSTRAINT pk_lockouts PRIMARY KEY (key)
)

CREATE TABLE task_counts (
  workspace_id UUID NOT NULL,
  status task_status NOT NULL,
  slot SMALLINT NOT NULL,
  count BIGINT NOT NULL,
  CONSTRAINT pk_task_counts PRIMARY KEY (workspace_id, status, slot)
)

CREATE TABLE users (
  id UUID NOT NULL,
  email VARCHAR NOT NULL,
  display_name VARCHAR NOT NULL,
  password_hash VARCHAR,
  is_instance_admin BOOLEAN DEFAULT false NOT NULL,
  disabled BOOLEAN DEFAULT false NOT NULL,
  created_at TIMESTAMP WITH TIME ZONE DEFAULT clock_timestamp() NOT NULL,
  CONSTRAINT pk_users PRIMARY KEY (id)
)

CREATE UNIQUE INDEX uq_users_email ON users (lower(email))

CREATE TABLE workspaces (
  id UUID NOT NULL,
  slug VARCHAR NOT NULL,
  name VARCHAR NOT NULL,
  created_at TIMESTAMP WITH TIME ZONE DEFAULT clock_timestamp() NOT NULL,
  changed xid8 DEFAULT pg_current_xact_id() NOT NULL,
  CONSTRAINT pk_workspaces PRIMARY KEY (id),
  CONSTRAINT uq_workspaces_slug UNIQUE (slug)
)

CREATE TABLE api_tokens (
  id UUID NOT NULL,
  workspace_id UUID NOT NULL,
  name VARCHAR NOT NULL,
  role role NOT NULL,
  created_by UUID NOT NULL,
  secret_hash BYTEA NOT NULL,
  created_at TIMESTAMP WITH TIME ZONE DEFAULT clock_timestamp() NOT NULL,
  last_used_at TIMESTAMP WITH TIME ZONE,
  expires_at TIMESTAMP WITH TIME ZONE,
  revoked_at TIMESTAMP WITH TIME ZONE,
  CONSTRAINT pk_api_tokens PRIMARY KEY (id),
  CONSTRAINT fk_api_tokens_workspace_id FOREIGN KEY(workspace_id) REFERENCES workspaces (id) ON DELETE CASCADE,
  CONSTRAINT fk_api_tokens_created_by FOREIGN KEY(created_by) REFERENCES users (id) ON DELETE CASCADE,
  CONSTRAINT uq_api_tokens_secret_hash UNIQUE (secret_hash)
)

CREATE INDEX ix_api_tokens_created_by ON api_tokens (created_by)

CREATE INDEX ix_api_tokens_workspace_id ON api_tokens (workspace_id)

CREATE TABLE identities (
  id UUID NOT NULL,
  user_id UUID NOT NULL,
  issuer VARCHAR NOT NULL,
  subject VARCHAR NOT NULL,
  created_at TIMESTAMP WITH TIME ZONE DEFAULT clock_timestamp() NOT NULL,
  CONSTRAINT pk_identities PRIMARY KEY (id),
  CONSTRAINT uq_identities_issuer_subject UNIQUE (issuer, subject),
  CONSTRAINT fk_identities_user_id FOREIGN KEY(user_id) REFERENCES users (id) ON DELETE CASCADE
)

CREATE INDEX ix_identities_user_id ON identities (user_id)

CREATE TABLE invitations (
  id UUID NOT NULL,
  workspace_id UUID NOT NULL,
  email VARCHAR,
  role role NOT NULL,
  token_hash BYTEA NOT NULL,
  invited_by UUID,
  created_at TIMESTAMP WITH TIME ZONE DEFAULT clock_timestamp() NOT NULL,
  expires_at TIMESTAMP WITH TIME ZONE NOT NULL,
  accepted_at TIMESTAMP WITH TIME ZONE,
  accepted_by UUID,
  revoked_at TIMESTAMP WITH TIME ZONE,
  CONSTRAINT pk_invitations PRIMARY KEY (id),
  CONSTRAINT fk_invitations_workspace_id FOREIGN KEY(workspace_id) REFERENCES workspaces (id) ON DELETE CASCADE,
  CONSTRAINT uq_invitations_token_hash UNIQUE (token_hash),
  CONSTRAINT fk_invitations_invited_by FOREIGN KEY(invited_by) REFERENCES users (id) ON DELETE SET NULL,
  CONSTRAINT fk_invitations_accepted_by FOREIGN KEY(accepted_by) REFERENCES users (id) ON DELETE SET NULL
)

CREATE INDEX ix_invitations_open ON invitations (workspace_id) WHERE accepted_at is null and revoked_at is null

CREATE INDEX ix_invitations_workspace_id ON invitations (workspace_id)

CREATE TABLE memberships (
  workspace_id UUID NOT NULL,
  user_id UUID NOT NULL,
  role role NOT NULL,
  since TIMESTAMP WITH TIME ZONE DEFAULT clock_timestamp() NOT NULL,
  CONSTRAINT pk_memberships PRIMARY KEY (workspace_id, user_id),
  CONSTRAINT fk_memberships_workspace_id FOREIGN KEY(workspace_id) REFERENCES workspaces (id) ON DELETE CASCADE,
  CONSTRAINT fk_memberships_user_id FOREIGN KEY(user_id) REFERENCES users (id) ON DELETE CASCADE
)

CREATE INDEX ix_memberships_user_id ON memberships (user_id)

CREATE TABLE password_resets (
  token_hash BYTEA NOT NULL,
  user_id UUID NOT NULL,
  created_at TIMESTAMP WITH TIME ZONE DEFAULT clock_timestamp() NOT NULL,
  expires_at TIMESTAMP WITH TIME ZONE NOT NULL,
  used_at TIMESTAMP WITH TIME ZONE,
  CONSTRAINT pk_password_resets PRIMARY KEY (token_hash),
  CONSTRAINT fk_password_resets_user_id FOREIGN KEY(user_id) REFERENCES users (id) ON DELETE CASCADE
)

CREATE INDEX ix_password_resets_user_id ON password_resets (user_id)

CREATE TABLE sessions (
  id UUID NOT NULL,
  user_id UUID NOT NULL,
  created_at TIMESTAMP WITH TIME ZONE DEFAULT clock_timestamp() NOT NULL,
  last_used_at TIMESTAMP WITH TIME ZONE DEFAULT clock_timestamp() NOT NULL,
  user_agent VARCHAR DEFAULT '' NOT NULL,
  address VARCHAR,
  expires_at TIMESTAMP WITH TIME ZONE NOT NULL,
  revoked_at TIMESTAMP WITH TIME ZONE,
  CONSTRAINT pk_sessions PRIMARY KEY (id),
  CONSTRAINT fk_sessions_user_id FOREIGN KEY(user_id) REFERENCES users (id) ON DELETE CASCADE
)

CREATE INDEX ix_sessions_user_id ON sessions (user_id)

CREATE TABLE tasks (
  id UUID NOT NULL,
  workspace_id UUID NOT NULL,
  title VARCHAR NOT NULL,
  description VARCHAR DEFAULT '' NOT NULL,
  labels VARCHAR[] DEFAULT '{}' NOT NULL,
  kind VARCHAR DEFAULT 'timer' NOT NULL,
  input JSONB DEFAULT '{}' NOT NULL,
  status task_status DEFAULT 'NOT_STARTED' NOT NULL,
  duration_ms INTEGER,
  elapsed_ms INTEGER DEFAULT 0 NOT NULL,
  progress DOUBLE PRECISION,
  progress_note VARCHAR,
  result VARCHAR,
  error VARCHAR,
  priority INTEGER DEFAULT 0 NOT NULL,
  timeout_ms INTEGER,
  max_attempts INTEGER DEFAULT 1 NOT NULL,
  version INTEGER DEFAULT 1 NOT NULL,
  created_by UUID,
  created_at TIMESTAMP WITH TIME ZONE DEFAULT clock_timestamp() NOT NULL,
  updated_at TIMESTAMP WITH TIME ZONE DEFAULT clock_timestamp() NOT NULL,
  last_run_at TIMESTAMP WITH TIME ZONE,
  due_at TIMESTAMP WITH TIME ZONE,
  resume_at TIMESTAMP WITH TIME ZONE,
  completed_at TIMESTAMP WITH TIME ZONE,
  attempt INTEGER DEFAULT 0 NOT NULL,
  lease_owner VARCHAR,
  lease_epoch INTEGER DEFAULT 0 NOT NULL,
  deadline_at TIMESTAMP WITH TIME ZONE,
  failures INTEGER DEFAULT 0 NOT NULL,
  checkpoint JSONB,
  held_by VARCHAR,
  deleted_at TIMESTAMP WITH TIME ZONE,
  changed xid8 DEFAULT pg_current_xact_id() NOT NULL,
  CONSTRAINT pk_tasks PRIMARY KEY (id),
  CONSTRAINT ck_tasks_title CHECK (char_length(title) between 1 and 200),
  CONSTRAINT ck_tasks_description CHECK (char_length(description) <= 10000),
  CONSTRAINT ck_tasks_labels CHECK (cardinality(labels) <= 20),
  CONSTRAINT ck_tasks_duration CHECK (duration_ms is null or duration_ms >= 1),
  CONSTRAINT ck_tasks_timer_duration CHECK (kind <> 'timer' or duration_ms is not null),
  CONSTRAINT ck_tasks_elapsed CHECK (elapsed_ms >= 0 and (kind <> 'timer' or elapsed_ms <= duration_ms)),
  CONSTRAINT ck_tasks_attempts CHECK (attempt >= 0 and max_attempts between 1 and 100 and failures >= 0),
  CONSTRAINT ck_tasks_version CHECK (version >= 1),
  CONSTRAINT ck_tasks_progress CHECK (progress is null or progress between 0 and 1),
  CONSTRAINT ck_tasks_due CHECK ((kind = 'timer' and status = 'IN_PROGRESS') = (due_at is not null)),
  CONSTRAINT ck_tasks_completed CHECK ((status in ('COMPLETED', 'FAILED', 'CANCELLED')) = (completed_at is not null)),
  CONSTRAINT ck_tasks_lease CHECK ((kind <> 'timer' and status in ('IN_PROGRESS', 'PAUSING', 'CANCELLING')) = (lease_owner is not null)),
  CONSTRAINT ck_tasks_timer_states CHECK (kind <> 'timer' or status in ('NOT_STARTED', 'IN_PROGRESS', 'PAUSED', 'CANCELLED', 'COMPLETED')),
  CONSTRAINT ck_tasks_deadline CHECK ((kind <> 'timer' and status in ('QUEUED', 'IN_PROGRESS', 'PAUSING', 'CANCELLING')) = (deadline_at is not null)),
  CONSTRAINT ck_tasks_resume CHECK (resume_at is null or status in ('PAUSED', 'PAUSING')),
  CONSTRAINT fk_tasks_workspace_id FOREIGN KEY(workspace_id) REFERENCES workspaces (id) ON DELETE CASCADE,
  CONSTRAINT fk_tasks_created_by FOREIGN KEY(created_by) REFERENCES users (id) ON DELETE SET NULL
)

CREATE INDEX ix_tasks_by_created_at ON tasks (workspace_id, created_at, id) WHERE deleted_at is null

CREATE INDEX ix_tasks_by_priority ON tasks (workspace_id, priority, id) WHERE deleted_at is null

CREATE INDEX ix_tasks_by_status ON tasks (workspace_id, status, created_at, id) WHERE deleted_at is null

CREATE INDEX ix_tasks_by_title ON tasks (workspace_id, title, id) WHERE deleted_at is null

CREATE INDEX ix_tasks_by_updated_at ON tasks (workspace_id, updated_at, id) WHERE deleted_at is null

CREATE INDEX ix_tasks_deadline ON tasks (deadline_at) WHERE deadline_at is not null and deleted_at is null

CREATE INDEX ix_tasks_deleted ON tasks (deleted_at) WHERE deleted_at is not null

CREATE INDEX ix_tasks_due ON tasks (due_at) WHERE due_at is not null and deleted_at is null

CREATE INDEX ix_tasks_labels ON tasks USING gin (labels) WHERE deleted_at is null

CREATE INDEX ix_tasks_resume ON tasks (resume_at) WHERE resume_at is not null and deleted_at is null

CREATE INDEX ix_tasks_search ON tasks USING gin (lower(title || ' ' || description) gin_trgm_ops) WHERE deleted_at is null

CREATE INDEX ix_tasks_workspace_changed ON tasks (workspace_id, changed)

CREATE TABLE logs (
  task_id UUID NOT NULL,
  line BIGINT GENERATED BY DEFAULT AS IDENTITY,
  attempt INTEGER NOT NULL,
  at TIMESTAMP WITH TIME ZONE DEFAULT clock_timestamp() NOT NULL,
  stream VARCHAR NOT NULL,
  text VARCHAR NOT NULL,
  CONSTRAINT pk_logs PRIMARY KEY (task_id, line),
  CONSTRAINT fk_logs_task_id FOREIGN KEY(task_id) REFERENCES tasks (id) ON DELETE CASCADE
)

CREATE TABLE refresh_tokens (
  token_hash BYTEA NOT NULL,
  session_id UUID NOT NULL,
  created_at TIMESTAMP WITH TIME ZONE DEFAULT clock_timestamp() NOT NULL,
  used_at TIMESTAMP WITH TIME ZONE,
  successor BYTEA,
  CONSTRAINT pk_refresh_tokens PRIMARY KEY (token_hash),
  CONSTRAINT fk_refresh_tokens_session_id FOREIGN KEY(session_id) REFERENCES sessions (id) ON DELETE CASCADE
)

CREATE INDEX ix_refresh_tokens_session_id ON refresh_tokens (session_id)

insert into instance (epoch, cluster)
select gen_random_uuid(), system_identifier from pg_control_system()

-- No write can forget the revision.
create function stamp_changed() returns trigger language plpgsql as $$
begin
  new.changed := pg_current_xact_id();
  return new;
end $$

create trigger stamp_changed before insert or update on tasks for each row execute function stamp_changed()

create trigger stamp_changed before insert or update on workspaces for each row execute function stamp_changed()

-- The workspace's row stands for its members, invitations, tokens and their names.
create function touch_workspace() returns trigger language plpgsql as $$
begin
  update workspaces set changed = pg_current_xact_id()
  where id = case when tg_op = 'DELETE' then old.workspace_id else new.workspace_id end;
  return null;
end $$

create trigger touch_workspace after insert or update or delete on memberships
for each row execute function touch_workspace()

create trigger touch_workspace after insert or update or delete on invitations
for each row execute function touch_workspace()

create trigger touch_workspace after insert or delete or update of name, role, revoked_at on api_tokens
for each row execute function touch_workspace()

create function touch_workspaces_of_user() returns trigger language plpgsql as $$
begin
  update workspaces set changed = pg_current_xact_id()
  where id in (select workspace_id from memberships where user_id = new.id);
  return null;
end $$

create trigger touch_workspaces after update of email, display_name, disabled, is_instance_admin on users
for each row execute function touch_workspaces_of_user()

-- Counts by status are kept by the statement that moves tasks; 32 slots keep writers apart.
create function count_tasks_inserted() returns trigger language plpgsql as $$
begin
  insert into task_counts (workspace_id, status, slot, count)
  select workspace_id, status, pg_backend_pid() % 32, sum(n)
  from (select workspace_id, status, 1 as n from after_rows where deleted_at is null) as moved
  group by workspace_id, status having sum(n) <> 0
  order by workspace_id, status
  on conflict (workspace_id, status, slot) do update set count = task_counts.count + excluded.count;
  return null;
end $$

create function count_tasks_updated() returns trigger language plpgsql as $$
begin
  insert into task_counts (workspace_id, status, slot, count)
  select workspace_id, status, pg_backend_pid() % 32, sum(n)
  from (select workspace_id, status, 1 as n from after_rows where deleted_at is null
    union all select workspace_id, status, -1 as n from before_rows where deleted_at is null) as moved
  group by workspace_id, status having sum(n) <> 0
  order by workspace_id, status
  on conflict (workspace_id, status, slot) do update set count = task_counts.count + excluded.count;
  return null;
end $$

create function count_tasks_deleted() returns trigger language plpgsql as $$
begin
  insert into task_counts (workspace_id, status, slot, count)
  select workspace_id, status, pg_backend_pid() % 32, sum(n)
  from (select workspace_id, status, -1 as n from before_rows where deleted_at is null) as moved
  group by workspace_id, status having sum(n) <> 0
  order by workspace_id, status
  on conflict (workspace_id, status, slot) do update set count = task_counts.count + excluded.count;
  return null;
end $$

create trigger count_inserted after insert on tasks referencing new table as after_rows
for each statement execute function count_tasks_inserted()

create trigger count_updated after update on tasks referencing old table as before_rows new table as after_rows
for each statement execute function count_tasks_updated()

create trigger count_deleted after delete on tasks referencing old table as before_rows
for each statement execute function count_tasks_deleted()

create function forget_counts() returns trigger language plpgsql as $$
begin
  delete from task_counts where workspace_id = old.id;
  return null;
end $$

create trigger zz_forget_counts after delete on workspaces for each row execute function forget_counts()

-- The role that holds now: the lower of membership and credential. No row: not a member, or the credential is over.
-- Inlined into the statements that call it in FROM.
create function effective_role(workspace uuid, person uuid, session uuid, token uuid)
returns table (role role) language sql stable as $$
  select case when token is null then m.role else least(m.role, t.role) end
  from memberships m
  join users u on u.id = m.user_id and not u.disabled
  left join api_tokens t on t.id = token and t.workspace_id = m.workspace_id and t.created_by = m.user_id
    and t.revoked_at is null and (t.expires_at is null or t.expires_at > clock_timestamp())
  left join sessions s on s.id = session and s.user_id = m.user_id
    and s.revoked_at is null and s.expires_at > clock_timestamp()
  where m.workspace_id = workspace and m.user_id = person
    and (t.id is not null) = (token is not null)
    and (s.id is not null) = (session is not null)
    and (token is not null or session is not null)
$$
