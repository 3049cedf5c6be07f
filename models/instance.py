"""What there is once in a database: which cluster its transaction ids belong to, and first answers to repeated requests."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Index,
    Integer,
    LargeBinary,
    PrimaryKeyConstraint,
    String,
    Table,
    text,
)

from models.base import made_at, metadata, moment, reference
from models.workspace import Xid8

instance = Table(
    "instance",
    metadata,
    Column("is_only", Boolean, primary_key=True, server_default=text("true")),
    reference("epoch", nullable=False),  # part of every revision: a new one makes all older revisions start afresh
    Column("cluster", BigInteger, nullable=False),  # of which cluster and restore the rows are, see migrations/apply.py
    # The latest change among the tombstones that retention has taken: a revision that has not seen it starts afresh.
    Column("horizon", Xid8, nullable=False, server_default=text("'0'")),
    # The oldest revision of the schema whose version still works on this one, see migrations/revisions.py.
    Column("serves", String, nullable=False, server_default=text("'0006'")),
    CheckConstraint("is_only", name="one_row"),
)

idempotency_keys = Table(
    "idempotency_keys",
    metadata,
    Column("principal", String, nullable=False),
    Column("key", String, nullable=False),
    Column("body_hash", LargeBinary, nullable=False),
    made_at(),
    moment("finished_at"),
    Column("status", Integer),
    Column("response", LargeBinary),
    # Of whose claim it is, and when a change was written under it, in the transaction of the change itself.
    reference("claim"),
    moment("carried_out_at"),
    Index("uq_idempotency_keys_claim", "claim", unique=True, postgresql_where=text("claim is not null")),
    PrimaryKeyConstraint("principal", "key"),
)
