"""Opening a link as the party that it belongs to: only parties of the person's own are tried."""

from dataclasses import replace

import pytest
from sqlmodel import select

from freelance_app import clock, db, routes
from freelance_app.errors import NotFoundError
from freelance_app.models import MemberRole, Membership, Notice, Party, Proposal
from freelance_app.services.accounts import doors, sessions
from freelance_app.services.accounts.doors import NO_DOOR
from freelance_app.services.instance import notices
from freelance_app.services.instance.notices import Subject
from freelance_app.worker import wings
from tests.services.contracts.signed import sign
from tests.services.hiring.sent import sent

wings.load()  # each wing registers what opens its pages when it is imported


def _join(session, person, company, role) -> None:
    row = Membership(
        party_id=company.party_id, person_id=person.person_id, role=role, created_at=clock.now()
    )
    session.add(row)


def join(person, company, role=MemberRole.VIEWER) -> None:
    """Give a person a second party; the acting one stays."""
    db.write(_join, person, company, role)


def find(actor, path: str):
    return db.read(doors.find, actor=actor, path=path)


def pages(world) -> list[str]:
    """Return a page of each kind that Alice's company sees."""
    signed, offer_id = sign(world), sent(world)
    query = select(Proposal).where(Proposal.party_id == world.fatuma.party_id)
    proposal = db.read(lambda session: session.exec(query).first())
    return [
        routes.contract(signed.contract_id),
        routes.contract_tab(signed.contract_id, "money"),
        routes.contract_fund(signed.contract_id),
        routes.milestone(signed.contract_id, signed.milestones[0]),
        routes.offer(offer_id),
        routes.proposal(proposal.public_id),
        routes.BILLING,
    ]


def _tell(session, person, href: str) -> str:
    subject = Subject(href, {"title": "Field app", "changes": "title"})
    notices.notify(session, person_id=person.person_id, kind="job.changed", subject=subject)
    rows = select(Notice.public_id).where(Notice.person_id == person.person_id)
    return session.exec(rows.order_by(Notice.id.desc())).first()


def open_notice(actor, notice_id: str, token: str):
    arguments = {"notice_id": notice_id, "session_token": token}
    return db.write(doors.open_notice, actor=actor, **arguments)


def acting(token: str) -> str:
    return db.read(sessions.find_actor, token=token).party_name


def test_every_page_opens_through_the_other_party(world):
    join(world.charlie, world.alice, MemberRole.OWNER)
    for path in pages(world):
        assert find(world.charlie, path).name == world.alice.party_name, path


@pytest.mark.parametrize("person", ["charlie", "dora", "frank"])
def test_a_stranger_is_offered_nothing(world, person):
    for path in pages(world):
        if path != routes.BILLING:
            assert find(getattr(world, person), path) == NO_DOOR, path


def test_a_page_that_is_not_there_reads_like_one_of_strangers(world):
    join(world.charlie, world.dora)
    signed = sign(world)
    absent = [routes.contract("0" * 20), "/contracts/", "/no/such", "", "/../contracts/x"]
    for path in [*absent, routes.contract(signed.contract_id)]:
        assert find(world.charlie, path) == NO_DOOR, path


def test_the_acting_party_is_no_other_one(world):
    signed = sign(world)
    assert find(world.alice, routes.contract(signed.contract_id)) == NO_DOOR


def test_who_left_a_company_is_offered_nothing(world):
    join(world.charlie, world.alice)
    path = routes.contract(sign(world).contract_id)
    assert find(world.charlie, path).name == world.alice.party_name
    gone = select(Membership).where(
        Membership.person_id == world.charlie.person_id,
        Membership.party_id == world.alice.party_id,
    )
    db.write(lambda session: session.delete(session.exec(gone).one()))
    assert find(world.charlie, path) == NO_DOOR


def test_opening_a_notice_switches_to_its_party(world):
    join(world.charlie, world.alice)
    href = routes.contract(sign(world).contract_id)
    token = db.write(sessions.open_for, person_id=world.charlie.person_id)
    assert acting(token) == world.charlie.party_name
    opened = open_notice(world.charlie, db.write(_tell, world.charlie, href), token)
    assert (opened.href, opened.door.name) == (href, world.alice.party_name)
    assert acting(token) == world.alice.party_name


def test_a_notice_of_the_acting_party_switches_nothing(world):
    join(world.fatuma, world.dora)
    href = routes.contract(sign(world).contract_id)
    token = db.write(sessions.open_for, person_id=world.fatuma.person_id)
    opened = open_notice(world.fatuma, db.write(_tell, world.fatuma, href), token)
    assert opened.door == NO_DOOR
    assert acting(token) == world.fatuma.party_name
    assert not db.read(notices.list_for, actor=world.fatuma).has_unread


def test_a_notice_of_another_person_is_none(world):
    notice_id = db.write(_tell, world.alice, routes.JOBS)
    token = db.write(sessions.open_for, person_id=world.charlie.person_id)
    with pytest.raises(NotFoundError):
        open_notice(world.charlie, notice_id, token)
    assert acting(token) == world.charlie.party_name
    assert db.read(notices.list_for, actor=world.alice).has_unread


def test_a_freelancer_who_has_a_company_reaches_earnings_and_billing(world):
    join(world.charlie, world.dora, MemberRole.OWNER)
    company = db.read(lambda session: session.get_one(Party, world.dora.party_id).public_id)
    assert find(world.charlie, routes.BILLING).party_id == company
    as_company = replace(world.dora, person_id=world.charlie.person_id)
    assert find(as_company, routes.EARNINGS).name == world.charlie.party_name
