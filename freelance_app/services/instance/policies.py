"""Policies: numbers and choices that change money, deadlines or rights.

An administrator changes them here; the terms of an offer hold a snapshot, which rules the contract
for ever, whatever is changed later.
"""

import json
from collections.abc import Mapping

from sqlmodel import Session, select

from freelance_app import clock
from freelance_app.errors import InvalidError
from freelance_app.models import PolicyValue
from freelance_app.text import _

# Name, default, smallest, largest. Days unless the name says otherwise.
POLICIES: dict[str, tuple[int, int, int]] = {
    "auto_release_days": (14, 1, 90),
    "offer_open_days": (7, 1, 60),
    "client_fee_basis_points": (0, 0, 5_000),
    "freelancer_fee_basis_points": (0, 0, 5_000),
    "payout_wait_days": (3, 0, 30),
    "payout_minimum_minor": (0, 0, 1_000_000),
}
REMINDER_DAYS = (7, 2, 1)


def value(session: Session, key: str) -> int:
    """Return a policy as it is now.

    Raises:
        KeyError: there is no such policy (a bug).
    """
    default, _smallest, _largest = POLICIES[key]
    changed = session.get(PolicyValue, key)
    return changed.value if changed else default


def snapshot(session: Session) -> str:
    """Return every policy as JSON with sorted keys, to be frozen in terms."""
    changed = {row.key: row.value for row in session.exec(select(PolicyValue))}
    every = {key: changed.get(key, default) for key, (default, _s, _l) in POLICIES.items()}
    return json.dumps(every, sort_keys=True, separators=(",", ":"))


def frozen(policies: str) -> Mapping[str, int]:
    """Return the policies of a snapshot; one that was not known at signing has its default."""
    signed: dict[str, int] = json.loads(policies)
    return {key: default for key, (default, _s, _l) in POLICIES.items()} | signed


def change(session: Session, *, key: str, new: int) -> None:
    """Write a policy; the caller has checked that the actor is an administrator.

    Raises:
        InvalidError: the value is outside the policy's bounds; the field is the policy's key.
    """
    _default, smallest, largest = POLICIES[key]
    if not smallest <= new <= largest:
        sentence = _("Write a number from {smallest} to {largest}.")
        raise InvalidError(sentence.format(smallest=smallest, largest=largest), field=key)
    session.merge(PolicyValue(key=key, value=new, changed_at=clock.now()))
