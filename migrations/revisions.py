"""Which version works on which schema: its own, and newer ones that have only added to it.

Knows nothing of Alembic or SQLAlchemy: to load them takes longer than all else that a start with nothing to migrate has to do.
"""

from pathlib import Path

# Two questions, as there is no table `instance` before the first migration; and one that every version can ask.
VERSION = "select version_num from alembic_version"
SERVES = "select to_jsonb(i) ->> 'serves' from instance i"

# A restore makes the tables anew, so that they have other oids, be it in the same cluster: an older state of ours there.
PLACE = "(pg_control_system()).system_identifier # cast(cast(cast('instance' as regclass) as oid) as bigint)"
SAME_PLACE = f"select cluster = {PLACE} from instance"
ROLE = "fermata_requests"  # the one of requests (models/guard.py)
# Whether requests can be guarded: the role is there, may what it needs, and we may act as it.
GUARDED = f"""select coalesce(bool_and(
    has_table_privilege(oid, 'tasks', 'update') and has_table_privilege(oid, 'invitations', 'insert')
    and has_table_privilege(oid, 'reachable_tasks', 'select') and pg_has_role(current_user, oid, 'member')
  ), false) from pg_roles where rolname = '{ROLE}'"""


class SchemaError(RuntimeError):
    """The database has a schema that this version cannot work on; the message says what to do."""


def complaint(found: str, serves: str | None, wanted: str) -> str | None:
    """Why a version that wants revision `wanted` cannot work on a schema at `found` that serves versions from `serves` on.

    None when it can. Revisions are numbers of four digits.
    """
    if found == wanted:
        return None
    if found < wanted:
        return f"it is {found}, this version wants {wanted}: run `fermata migrate`"
    if serves is not None and serves <= wanted:
        return None
    return f"it is {found} and serves versions from {serves} on, this one is of {wanted}: bring this server up to date"


def head() -> str:
    """The newest revision that this version knows: files are named after them, and a test asks Alembic whether it agrees."""
    return max(file.name[:4] for file in (Path(__file__).parent / "versions").glob("[0-9]*.py"))
