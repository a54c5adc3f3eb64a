"""A hash chain over rows that are only ever added: the ledger's transactions, the audit's entries.

The worker seals what is not yet sealed, in the order of ids. Each seal covers its rows and the seal
before it, so a row that was changed, taken away or slipped in later breaks the chain.
"""

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC
from typing import Any

from sqlalchemy.orm import Mapped
from sqlmodel import Session, col, func, select
from sqlmodel.sql.expression import SelectOfScalar

from freelance_app import clock, db
from freelance_app.models import (
    AuditEntry,
    AuditSeal,
    AuditSealed,
    LedgerSeal,
    LedgerSealed,
    LedgerTransaction,
)

GENESIS = "0" * 64
ROWS_IN_A_SEAL = 1_000
ROWS_LOOKED_AT_AGAIN = 2_000


@dataclass(frozen=True, slots=True)
class Chain:
    """Which tables a chain runs over.

    Attributes:
        name: for the sentences of its faults.
        row: the table that is sealed, `seal` its links, `sealed` what joins the two.
        row_id: name of the column of `sealed` that points to the row.
        digest: what a seal covers of a row.
        lock_id: PostgreSQL's advisory lock, so that one worker seals at a time.
    """

    name: str
    row: type[LedgerTransaction] | type[AuditEntry]
    seal: type[LedgerSeal] | type[AuditSeal]
    sealed: type[LedgerSealed] | type[AuditSealed]
    row_id: str
    digest: Callable[[Any], str]
    lock_id: int


def _audit_digest(entry: AuditEntry) -> str:
    at = entry.at.astimezone(UTC).isoformat()
    who = [entry.actor_id, entry.party_id, entry.subject, entry.contract_id]
    return sha256([entry.id, at, entry.action, *who, entry.words])


def sha256(content: list[object]) -> str:
    """Return the hash of a list of plain values."""
    return hashlib.sha256(json.dumps(content, separators=(",", ":")).encode()).hexdigest()


AUDIT = Chain("audit", AuditEntry, AuditSeal, AuditSealed, "entry_id", _audit_digest, 727_003)


def seal_due(session: Session, chain: Chain, *, is_thorough: bool = False) -> int:
    """Seal up to a thousand rows that are not sealed, and return how many there were.

    Needs a write unit of work; SQLite's is alone already, PostgreSQL takes a lock.

    Args:
        session: a write unit of work.
        chain: which.
        is_thorough: look through the whole table, not only at what is new.
    """
    if session.get_bind().dialect.name == "postgresql":
        db.ask(session, select(func.pg_advisory_xact_lock(chain.lock_id)))
    rows: Sequence[Any] = session.exec(
        _due(chain, 0 if is_thorough else _floor(session, chain))
    ).all()
    if rows:
        _add_seal(session, chain, rows)
    return len(rows)


def _floor(session: Session, chain: Chain) -> int:
    """Return the id under which no search looks: what is new stands above it.

    On PostgreSQL a row may commit after one with a higher id was sealed, so some rows under the
    newest sealed one are looked at again. Whatever commits later than that, the thorough search
    finds.
    """
    newest = session.exec(select(func.max(_sealed_id(chain)))).one() or 0
    return max(0, newest - ROWS_LOOKED_AT_AGAIN)


def _due(chain: Chain, floor: int) -> SelectOfScalar[Any]:
    """Return the query for what is unsealed; both tables are read from the floor on, by index."""
    row_id, sealed_id = col(chain.row.id), _sealed_id(chain)
    is_sealed = select(sealed_id).where(sealed_id == row_id, sealed_id > floor).exists()
    is_due = select(chain.row).where(row_id > floor, ~is_sealed)
    return is_due.order_by(row_id).limit(ROWS_IN_A_SEAL)


def _sealed_id(chain: Chain) -> Mapped[int]:
    return col(getattr(chain.sealed, chain.row_id))


def _add_seal(session: Session, chain: Chain, rows: Sequence[Any]) -> None:
    newest = select(chain.seal.hash).order_by(col(chain.seal.id).desc()).limit(1)
    previous = session.exec(newest).first() or GENESIS
    link = chain.seal(
        previous_hash=previous,
        hash=_link(previous, [(row.id, chain.digest(row)) for row in rows]),
        count=len(rows),
        sealed_at=clock.now(),
    )
    session.add(link)
    session.flush()
    session.add_all([chain.sealed(**{chain.row_id: row.id, "seal_id": link.id}) for row in rows])
    session.flush()


def _link(previous: str, rows: Sequence[tuple[int, str]]) -> str:
    return sha256([previous, [list(each) for each in rows]])


def faults(session: Session, chain: Chain) -> list[str]:
    """Return what is wrong with a chain, in sentences; an empty list proves what is sealed."""
    found: list[str] = []
    previous = GENESIS
    for link in session.exec(select(chain.seal).order_by(col(chain.seal.id))).all():
        rows = _rows_of(session, chain, link.id)
        digests = [(row.id, chain.digest(row)) for row in rows]
        if link.previous_hash != previous:
            found.append(f"{chain.name} seal {link.id}: the chain is broken before it")
        if link.count != len(rows) or link.hash != _link(link.previous_hash, digests):
            found.append(f"{chain.name} seal {link.id}: its rows were changed")
        previous = link.hash
    return found


def _rows_of(session: Session, chain: Chain, seal_id: int) -> Sequence[Any]:
    return session.exec(
        select(chain.row)
        .join(chain.sealed, _sealed_id(chain) == chain.row.id)
        .where(chain.sealed.seal_id == seal_id)
        .order_by(col(chain.row.id))
    ).all()
