-- The latest change among the tombstones that retention has taken: a revision that has not seen it starts afresh.
alter table instance add column horizon xid8 default '0' not null

drop trigger stamp_changed on tasks

-- No write can forget the revision; but a lease that is prolonged or a checkpoint that is put down shows nowhere.
create function stamp_changed_task() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' and new.changed = old.changed then
    old.deadline_at := new.deadline_at;
    old.checkpoint := new.checkpoint;
    if new is not distinct from old then
      return new;
    end if;
  end if;
  new.changed := pg_current_xact_id();
  return new;
end $$

create trigger stamp_changed before insert or update on tasks for each row execute function stamp_changed_task()
