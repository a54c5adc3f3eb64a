"""Telling a party's people, or the finance staff, about money; each in their own language."""

from collections.abc import Callable, Sequence

from sqlmodel import Session

from freelance_app.security.actor import Actor
from freelance_app.services.accounts import access
from freelance_app.services.accounts.access import Insider
from freelance_app.services.instance import events, notices
from freelance_app.services.instance.notices import Subject
from freelance_app.services.instance.readers import Reader
from freelance_app.text import speaking

Words = Callable[[], dict[str, str]]
FINANCE_ROLES = ("finance", "administrator")


def tell_owners(session: Session, party_id: int, kind: str, *, href: str, words: Words) -> None:
    """Notify the owners of a party and wake the open pages of all its people.

    Args:
        session: a write unit of work.
        party_id: its row id.
        kind: a kind of notices.KINDS.
        href: the page to open.
        words: makes the sentence's values; called while the reader's language is spoken.
    """
    insiders = access.insiders_of(session, party_id)
    for each in insiders:
        if each.is_owner:
            _tell(session, each.reader, kind, href=href, words=words)
    _wake(session, insiders)


def tell_finance(session: Session, kind: str, *, actor: Actor, href: str, words: Words) -> None:
    """Notify the finance staff of what the actor did; their open pages hear of it."""
    for reader in access.staff_with(session, "finance"):
        _tell(session, reader, kind, href=href, words=words, by=actor.party_name or actor.name)
    wake_finance(session)


def wake_party(session: Session, party_id: int) -> None:
    """Wake the open pages of everybody in a party, viewers too."""
    _wake(session, access.insiders_of(session, party_id))


def _wake(session: Session, insiders: Sequence[Insider]) -> None:
    events.announce(session, *(events.person_topic(each.reader.person_id) for each in insiders))


def wake_finance(session: Session) -> None:
    """Wake the open pages of everybody who may decide about money."""
    staff = {each.person_id for role in FINANCE_ROLES for each in access.staff_with(session, role)}
    events.announce(session, *(events.person_topic(each) for each in sorted(staff)))


def _tell(
    session: Session, reader: Reader, kind: str, *, href: str, words: Words, by: str = ""
) -> None:
    with speaking(reader.language, reader.time_zone):
        subject = Subject(href, words(), by)
    notices.tell(session, reader, kind=kind, subject=subject)
