"""What a ledger transaction's hashes cover, told once for writing and for proving."""

import hashlib
import json
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import NamedTuple


class Moved(NamedTuple):
    """A transfer by the row ids of its accounts."""

    leg: int
    debit_id: int
    credit_id: int
    currency: str
    amount_minor: int


class Said(NamedTuple):
    """What a transaction's row says about itself."""

    key: str
    kind: str
    actor_id: int | None
    reason: str
    contract_id: int | None


def of_request(said: Said, transfers: Sequence[Moved]) -> str:
    """Return the hash of what was asked for, the same whenever it is asked."""
    return _sha256([*said, [list(each) for each in transfers]])


def of_row(request_hash: str, effective_at: datetime, created_at: datetime) -> str:
    """Return the hash of the whole row and its transfers."""
    times = [at.astimezone(UTC).isoformat() for at in (effective_at, created_at)]
    return _sha256([request_hash, *times])


def _sha256(content: list[object]) -> str:
    return hashlib.sha256(json.dumps(content, separators=(",", ":")).encode()).hexdigest()
