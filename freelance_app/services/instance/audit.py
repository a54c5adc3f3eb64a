"""Who did what: one row an act, in the same unit of work as the act."""

from dataclasses import dataclass

from sqlmodel import Session, col, select

from freelance_app import clock, db
from freelance_app.models import AuditEntry, Milestone, Person
from freelance_app.security.actor import Actor
from freelance_app.services.instance.views import EventView
from freelance_app.text import _, recent_text

LATEST = 8


@dataclass(frozen=True, slots=True)
class Told:
    """How an act is told to the sides of a contract; `by_itself` when nobody did it."""

    icon: str
    sentence: str
    by_itself: str = ""


def _mark(sentence: str) -> str:
    """Mark a sentence for the catalogue; it is translated when it is told."""
    return sentence


# What the sides of a contract see; an act that is not here stays among the staff. {milestone} is
# "milestone 3" when the subject is one (milestone:7), {actor} is "You" for the reader's own acts.
ACTS: dict[str, Told] = {
    "contract.signed": Told("signed", _mark("{actor} signed the terms")),
    "contract.completed": Told(
        "released", _mark("{actor} completed the contract"), _mark("The contract is completed")
    ),
    "contract.ended": Told("ended", _mark("{actor} ended the contract")),
    "offer.accepted": Told("signed", _mark("{actor} accepted the offer")),
    "milestone.funded": Told(
        "funded", _mark("{actor} funded {milestone}"), _mark("{Milestone} was funded")
    ),
    "milestone.submitted": Told("submitted", _mark("{actor} submitted {milestone}")),
    "milestone.changes_requested": Told(
        "changes", _mark("{actor} asked for changes to {milestone}")
    ),
    "milestone.approved": Told("released", _mark("{actor} approved {milestone}")),
    "milestone.released": Told(
        "released", _mark("{actor} released {milestone}"), _mark("{Milestone} was released")
    ),
    "milestone.part_released": Told("released", _mark("{actor} paid a part of {milestone}")),
    "milestone.auto_released": Told(
        "released",
        _mark("{actor} released {milestone}"),
        _mark("{Milestone} was released by itself"),
    ),
    "file.added": Told("file", _mark("{actor} added a file")),
}


def record(
    session: Session,
    *,
    actor: Actor | None,
    action: str,
    subject: str,
    contract_id: int | None = None,
    words: str = "",
) -> None:
    """Write down an act.

    Args:
        session: the write unit of work of the act itself.
        actor: who did it; None is the worker.
        action: such as milestone.released, in the past tense.
        subject: kind and row id, such as milestone:7.
        contract_id: row id of the contract whose sides see the entry.
        words: figures and states; ids only, no personal text.
    """
    entry = {
        "at": clock.now(),
        "action": action,
        "actor_id": actor.person_id if actor else None,
        "party_id": (actor.party_id or None) if actor else None,
        "subject": subject,
        "contract_id": contract_id,
        "words": words,
    }
    db.insert(session, AuditEntry, entry)


def list_for_contract(
    session: Session, *, contract_id: int, actor: Actor | None = None, limit: int = LATEST
) -> list[EventView]:
    """Return what happened in a contract, newest first; the caller has checked who asks.

    Args:
        session: a read is enough.
        contract_id: its row id.
        actor: the reader, to whom own acts are told as "You".
        limit: how many lines at most.
    """
    rows = session.exec(
        select(AuditEntry, Person.name)
        .join(Person, col(Person.id) == AuditEntry.actor_id, isouter=True)
        .where(AuditEntry.contract_id == contract_id, col(AuditEntry.action).in_(ACTS))
        .order_by(col(AuditEntry.id).desc())
        .limit(limit)
    ).all()
    milestones = _milestones(session, contract_id)
    return [_event(entry, name, actor, milestones) for entry, name in rows]


def _event(
    entry: AuditEntry, name: str | None, actor: Actor | None, milestones: dict[str, int]
) -> EventView:
    told = ACTS[entry.action]
    is_mine = actor is not None and actor.person_id == entry.actor_id
    sentence = told.sentence if name else told.by_itself or told.sentence
    number = milestones.get(entry.subject)
    what = _("milestone {number}").format(number=number) if number else _("a milestone")
    words = {
        "actor": _("You") if is_mine else name or "Harbour",
        "milestone": what,
        "Milestone": f"{what[:1].upper()}{what[1:]}",
    }
    at = recent_text(entry.at, now=clock.now())
    return EventView(told.icon, _(sentence).format(**words), at)


def _milestones(session: Session, contract_id: int) -> dict[str, int]:
    rows = session.exec(
        select(Milestone.id, Milestone.number).where(Milestone.contract_id == contract_id)
    )
    return {f"milestone:{row_id}": number for row_id, number in rows}
