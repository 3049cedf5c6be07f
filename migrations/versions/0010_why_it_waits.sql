alter table tasks
  add column recoveries integer default 0 not null,
  add column unheard_since timestamp with time zone,
  add column paused_by role,
  add column pause_reason varchar

-- What each row holds already holds these: not valid at first, so that nobody waits while a large table is read.
alter table tasks
  add constraint ck_tasks_recoveries check (recoveries >= 0 and (kind <> 'timer' or recoveries = 0)) not valid,
  add constraint ck_tasks_unheard check (unheard_since is null or lease_owner is not null) not valid,
  add constraint ck_tasks_paused_by check ((paused_by is null and pause_reason is null) or status in ('PAUSED', 'PAUSING')) not valid

alter table tasks
  validate constraint ck_tasks_recoveries,
  validate constraint ck_tasks_unheard,
  validate constraint ck_tasks_paused_by

-- As before; and how often workers were lost shows nowhere either. A server of an older version, beside one of this, knows
-- nothing of the new columns: what it ends or resumes is no longer paused by anyone, and no worker of it is silent.
create or replace function stamp_changed_task() returns trigger language plpgsql as $$
begin
  if new.status not in ('PAUSED', 'PAUSING') then
    new.paused_by := null;
    new.pause_reason := null;
  end if;
  if new.lease_owner is null then
    new.unheard_since := null;
  end if;
  if tg_op = 'UPDATE' and new.changed = old.changed then
    old.deadline_at := new.deadline_at;
    old.checkpoint := new.checkpoint;
    old.recoveries := new.recoveries;
    if new is not distinct from old then
      return new;
    end if;
  end if;
  new.changed := pg_current_xact_id();
  return new;
end $$
