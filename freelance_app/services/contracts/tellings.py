"""Telling the sides of an offer or contract, and waking what they have open."""

from collections.abc import Mapping

from sqlmodel import Session

from freelance_app.models import Contract, Party, PartyKind, Person
from freelance_app.services.accounts import access
from freelance_app.services.instance import events, notices
from freelance_app.services.instance.notices import Subject, Word
from freelance_app.services.instance.views import PersonView, person_view


def party_view(party: Party) -> PersonView:
    """Return a side with its picture."""
    is_company = party.kind is PartyKind.COMPANY
    return person_view(party.name, row_id=party.id, is_company=is_company)


def signer_view(person: Person) -> PersonView:
    """Return a person who signed, with the picture."""
    return person_view(person.name, row_id=person.id)


def tell_owners(
    session: Session,
    party_id: int,
    kind: str,
    *,
    href: str,
    words: Mapping[str, Word],
    by: str = "",
) -> None:
    """Notify the owners of a party, each in their own language.

    Args:
        session: a write unit of work.
        party_id: its row id.
        kind: a kind of notices.KINDS.
        href: the page to open.
        words: values of the kind's sentences.
        by: who did it; empty for what happened by itself.
    """
    for person_id in access.people_of(session, party_id, owners_only=True):
        subject = Subject(href, words, by)
        notices.notify(session, person_id=person_id, kind=kind, subject=subject)


def wake_parties(session: Session, *party_ids: int) -> None:
    """Wake the frames and first pages of everybody in these parties."""
    people = sorted(set(access.people_of(session, *party_ids)))
    events.announce(session, *(events.person_topic(each) for each in people))


def wake_contract(session: Session, contract: Contract) -> None:
    """Wake the open pages of a contract, and the frames of both sides."""
    events.announce(session, events.contract_topic(contract.public_id))
    wake_parties(session, contract.client_party_id, contract.freelancer_party_id)
