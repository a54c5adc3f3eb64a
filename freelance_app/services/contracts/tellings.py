"""Telling the sides of an offer or contract, and waking what they have open."""

from collections.abc import Mapping, Sequence

from sqlmodel import Session

from freelance_app import routes
from freelance_app.models import Contract, Party, PartyKind, Person
from freelance_app.services.accounts import access
from freelance_app.services.accounts.access import Insider
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
    subject = Subject(href, words, by)
    _tell(session, access.insiders_of(session, party_id), party_id, kind, subject)


def _tell(
    session: Session, insiders: Sequence[Insider], party_id: int, kind: str, subject: Subject
) -> None:
    for each in insiders:
        if each.is_owner and each.party_id == party_id:
            notices.tell(session, each.reader, kind=kind, subject=subject)


def wake_parties(session: Session, *party_ids: int) -> None:
    """Wake the frames and first pages of everybody in these parties."""
    _wake(session, access.insiders_of(session, *party_ids))


def _wake(session: Session, insiders: Sequence[Insider]) -> None:
    people = sorted({each.reader.person_id for each in insiders})
    events.announce(session, *(events.person_topic(each) for each in people))


def tell_of_contract(
    session: Session,
    contract: Contract,
    kind: str,
    *notes: Mapping[str, Word],
    to: Sequence[int],
    by: str = "",
) -> None:
    """Notify owners of a contract's sides; wake its open pages and the frames of both sides.

    Args:
        session: a write unit of work.
        contract: what the notices open.
        kind: a kind of notices.KINDS.
        notes: for each notice the values of the kind's sentences.
        to: the row ids of the parties whose owners are told.
        by: who did it; empty for what happened by itself.
    """
    insiders = access.insiders_of(session, contract.client_party_id, contract.freelancer_party_id)
    for words in notes:
        subject = Subject(routes.contract(contract.public_id), words, by)
        for party_id in to:
            _tell(session, insiders, party_id, kind, subject)
    events.announce(session, events.contract_topic(contract.public_id))
    _wake(session, insiders)
