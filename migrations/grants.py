"""What the role of requests (models/guard.py) may do. Roles belong to a cluster: after a restore into another it is made anew."""

from sqlalchemy import Connection, text

from migrations.revisions import GUARDED, ROLE

# What each table lets it do, beside reading. What is not here it may not even read.
MAY = {
    "instance": (),
    "users": (),
    "sessions": (),
    "workspaces": ("update", "delete"),
    "memberships": ("update", "delete"),
    "invitations": ("insert", "update"),
    "api_tokens": ("insert", "update"),
    "tasks": ("insert", "update"),
    "task_counts": ("insert", "update", "delete"),
    "events": ("insert",),
    "logs": (),
    "reachable_tasks": (),
}
# Of these it reads some columns only.
COLUMNS = {
    "users": "id, email, display_name, is_instance_admin, disabled, created_at",
    "sessions": "id, user_id, expires_at, revoked_at",
}
_MAKE = f"""do $$
begin
  if not exists (select from pg_roles where rolname = '{ROLE}') then
    create role {ROLE} nologin nosuperuser nobypassrls;
  end if;
exception
  when duplicate_object or unique_violation then null;
end $$"""
_IS_MEMBER = f"select pg_has_role(current_user, oid, 'member') from pg_roles where rolname = '{ROLE}'"
_MAY_MAKE = "select rolsuper or rolcreaterole from pg_roles where rolname = current_user"
# Only what is ours: extensions put tables of others into the same schema.
_TAKE_ALL = f"""do $$
declare ours record;
begin
  for ours in select relname, relkind from pg_class
    where relnamespace = cast('public' as regnamespace) and relkind in ('r', 'v', 'S') and pg_has_role(relowner, 'usage')
  loop
    execute format('revoke all on %s %I from {ROLE}', case ours.relkind when 'S' then 'sequence' else 'table' end, ours.relname);
  end loop;
end $$"""


def grant(connection: Connection) -> None:
    """Make the role where it is missing and may be made, and give it just what it needs, in the transaction of `connection`."""
    if connection.execute(text(_MAY_MAKE)).scalar_one():
        connection.exec_driver_sql(_MAKE)
    member = connection.execute(text(_IS_MEMBER)).scalar_one_or_none()
    if member is None:
        return  # turning the guard on says what is missing
    if not member and connection.execute(text(_MAY_MAKE)).scalar_one():
        connection.exec_driver_sql(f"grant {ROLE} to current_user")
    for statement in _grants():
        connection.exec_driver_sql(statement)


def restored(connection: Connection) -> None:
    """Give the role anew what a dump of another cluster could not give it."""
    if not connection.execute(text(GUARDED)).scalar_one():
        grant(connection)


def _grants() -> list[str]:
    found = [f"grant usage on schema public to {ROLE}", _TAKE_ALL]
    for table, more in MAY.items():
        columns = f" ({COLUMNS[table]})" if table in COLUMNS else ""
        found.append(f"grant {', '.join([f'select{columns}', *more])} on {table} to {ROLE}")
    return found
