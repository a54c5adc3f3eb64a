"""What stands in the database and the store, to be compared before and after."""

from collections.abc import Collection
from pathlib import Path

from sqlmodel import SQLModel

from freelance_app import db
from freelance_app.settings import settings

# Rows that any visit may write: tries that were counted, what was looked at, when a browser was
# last in use.
NOT_COUNTED = {"limit_counter", "audit_entry", "audit_seal", "audit_sealed"}
LAST_USE = {"last_used_at", "expires_at"}

Snapshot = dict[str, list]


def snapshot() -> Snapshot:
    """Return every column of every table but the exceptions, and the names of all files."""
    found: Snapshot = {}
    with db.engine.connect() as connection:
        for table in SQLModel.metadata.sorted_tables:
            if table.name not in NOT_COUNTED:
                columns = [column for column in table.c if column.name not in LAST_USE]
                key = list(table.primary_key)
                rows = connection.execute(table.select().with_only_columns(*columns).order_by(*key))
                found[table.name] = [tuple(row) for row in rows]
    files = sorted(str(path) for path in Path(settings.data_dir).rglob("*") if path.is_file())
    return found | {"files": [path for path in files if ".db" not in path]}


def changed(before: Snapshot, after: Snapshot, *, but: Collection[str] = ()) -> list[str]:
    """Return the tables that differ, but for those that may."""
    return sorted(name for name in after if name not in but and before.get(name) != after[name])
