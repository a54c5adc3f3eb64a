"""Pages that everybody sees: what a guest learns, and what a link of a mail shows."""

import asyncio

import pytest
from sqlmodel import delete

from freelance_app import clock, db, routes
from freelance_app.models import Instance, Person, StaffMember
from freelance_app.services.accounts import first_start, links
from freelance_app.services.accounts.confirmations import PURPOSE
from freelance_app.state.accounts.gate import GateState
from freelance_app.state.accounts.setup import SetupState
from freelance_app.state.accounts.verify_email import VerifyEmailState
from tests.state.events import cookie_of, name_of, open_tab


def visit(handler, path, cookie=""):
    """Open a page, load it and return what was sent."""

    async def walk():
        async with open_tab(cookie, path) as tab:
            return await tab.send(name_of(handler))

    return asyncio.run(walk())


@pytest.fixture
def instance(sqlite):
    row = Instance(
        id=1,
        name="Mwamba Works",
        time_zone="UTC",
        currency="EUR",
        bank_account="KE12 SECRET",
        set_up_at=clock.now(),
    )
    db.write(lambda session: session.merge(row))
    yield
    db.write(lambda session: session.exec(delete(Instance)))


def test_a_guest_learns_name_and_door_and_no_more(instance):
    sent = visit(GateState.enter, routes.LOGIN)
    assert "Mwamba Works" in sent
    assert "SECRET" not in sent


def test_who_is_signed_in_goes_home_from_the_landing_page(instance, sqlite_world):
    cookie = cookie_of(sqlite_world.alice)
    assert "_redirect" in visit(GateState.enter_as_guest, routes.LANDING, cookie)
    assert "_redirect" not in visit(GateState.enter_as_guest, routes.LANDING)
    assert "_redirect" not in visit(GateState.enter, routes.TERMS, cookie)


def test_a_links_page_shows_the_address_that_it_would_confirm(sqlite_world):
    def prepare(session):
        alice = session.get_one(Person, sqlite_world.alice.person_id)
        return alice.email, links.issue(session, purpose=PURPOSE, person_id=alice.id)

    email, token = db.write(prepare)
    path = f"{routes.VERIFY_EMAIL}?token={token}"
    assert email in visit(VerifyEmailState.enter, path)
    assert email in visit(VerifyEmailState.enter, path)
    assert email not in visit(VerifyEmailState.enter, f"{routes.VERIFY_EMAIL}?token=guess")
    assert "is_checked" in visit(VerifyEmailState.enter, routes.VERIFY_EMAIL)


def test_the_set_up_page_opens_with_its_link_alone(sqlite):
    db.write(lambda session: session.exec(delete(StaffMember)))
    token = db.write(first_start.issue).partition("token=")[2]
    opened = "'is_open_rx_state_': True"
    assert opened in visit(SetupState.enter, f"{routes.SETUP}?token={token}")
    assert opened not in visit(SetupState.enter, f"{routes.SETUP}?token=guess")
    assert opened not in visit(SetupState.enter, routes.SETUP)
