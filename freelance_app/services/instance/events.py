"""What other tabs and the worker are told, once it is true.

A message is only a hint that a topic changed: who hears it reads the database again.
"""

from functools import partial

from sqlmodel import Session

from freelance_app import db
from freelance_app.integrations.push.registry import broker

WORKER = "worker"
OUTBOX = "outbox"


def contract_topic(contract_id: str) -> str:
    """Return the topic of a contract's page, by its public id."""
    return f"contract:{contract_id}"


def offer_topic(offer_id: str) -> str:
    """Return the topic of an offer's page, by its public id."""
    return f"offer:{offer_id}"


def proposal_topic(proposal_id: str) -> str:
    """Return the topic of a proposal's page, by its public id."""
    return f"proposal:{proposal_id}"


def room_topic(room_id: str) -> str:
    """Return the topic of a room, by its public id."""
    return f"room:{room_id}"


def person_topic(person_id: int) -> str:
    """Return the topic of what a person is told: notices, needs, counts."""
    return f"person:{person_id}"


def inbox_topic(person_id: int) -> str:
    """Return the topic of a person's messages, which come more often than all else."""
    return f"inbox:{person_id}"


def announce(session: Session, *topics: str) -> None:
    """Wake whoever listens to the topics, after this unit of work has committed."""
    for topic in topics:
        db.after_commit(session, partial(broker.publish, topic))
