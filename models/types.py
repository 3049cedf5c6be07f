"""The types of our statements, told to each new connection by one small question.

Left to itself the driver asks for each type that it meets first on a connection, by a recursive statement that PostgreSQL plans for
10 ms: two or three times in the first requests of a connection (decision 0051). What is not told here it still looks up itself:
a connection from before a migration, or a database without our types, goes on as it would have.
"""

from collections.abc import Mapping, Sequence
from typing import Any

# Arrays of PostgreSQL's own types, whose numbers never change (its pg_type.dat): their number, and that of the element.
_ARRAYS = {
    "bool": (1000, 16),
    "bytea": (1001, 17),
    "int4": (1007, 23),
    "text": (1009, 25),
    "varchar": (1015, 1043),
    "int8": (1016, 20),
    "timestamptz": (1185, 1184),
    "uuid": (2951, 2950),
}
_FIRST_OWN = 16384  # numbers below are of PostgreSQL's own types
_OURS = f"""
select t.oid, n.nspname as ns, t.typname as name, t.typtype as kind, t.typbasetype as basetype, 0 as elemtype
from pg_catalog.pg_type t join pg_catalog.pg_namespace n on n.oid = t.typnamespace
where (t.typtype = 'e' or t.typtype = 'd' and t.typbasetype < {_FIRST_OWN})
  and n.nspname not in ('pg_catalog', 'information_schema')
"""
Record = Mapping[str, Any]  # of the driver: a type's columns, each of a kind of its own


async def tell(connection: Any) -> None:
    """Tells one of the driver's connections, which have no types in Python; one that this fails on is closed."""
    try:
        found = await connection.fetch(_OURS)
        # As the driver does with types that it has looked up. Its public way is for one at a time, and not for arrays.
        connection._protocol.get_settings().register_data_types([*_builtin(), *({**row, **_NEITHER} for row in found)])
    except BaseException:
        connection.terminate()
        raise


_NEITHER: Record = {"attrtypoids": None, "range_subtype": None}  # no composite, and no range


def _builtin() -> Sequence[Record]:
    return [
        {"oid": oid, "ns": "pg_catalog", "name": f"_{name}", "kind": b"b", "basetype": 0}
        | {"elemtype": element, "elemtype_name": name, "elemdelim": ",", **_NEITHER}
        for name, (oid, element) in _ARRAYS.items()
    ]
