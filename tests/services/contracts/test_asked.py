"""What a dialog of review or release asks about: who is asked, and when there is nothing to ask."""

import pytest

from freelance_app import db
from freelance_app.errors import ConflictError, NotFoundError, NotPermittedError
from freelance_app.services.contracts import (
    funding,
    milestone_views,
    releases,
    submissions,
    workroom,
)
from tests.services.contracts.signed import sign


@pytest.fixture
def signed(world):
    """A contract whose first milestone is submitted, the second one not funded."""
    made = sign(world)
    db.write(funding.fund, actor=world.alice, milestone_ids=made.milestones[:1])
    handed_in = {"milestone_id": made.milestones[0], "note": "Done."}
    db.write(submissions.submit, actor=world.fatuma, **handed_in)
    return made


def ask(actor, signed, *, number=1, payment=1, in_review=True):
    asked = {"milestone_id": signed.milestones[number - 1], "payment": payment}
    return db.read(milestone_views.get_asked, actor=actor, in_review=in_review, **asked)


def release(world, signed, amount=None):
    asked = {"milestone_id": signed.milestones[0], "amount": amount}
    db.write(releases.release, actor=world.alice, **asked)


def test_the_owner_is_asked_by_title_what_is_held_and_whom_it_pays(world, signed):
    asked = ask(world.alice, signed)
    assert (asked.title, asked.rest, asked.currency) == ("Part 1", "US$100.00", "USD")
    assert asked.name == world.fatuma.party_name


def test_the_key_is_that_of_the_button_and_names_the_payment(world, signed):
    release(world, signed, "30.00")
    room = db.read(workroom.get_view, actor=world.alice, contract_id=signed.contract_id)
    asked = ask(world.alice, signed, payment=2)
    assert (asked.rest, asked.key) == ("US$70.00", room.current.key)
    assert milestone_views.parts_of(asked.key) == (signed.milestones[0], 2)


def test_nobody_is_asked_about_figures_that_have_changed(world, signed):
    release(world, signed, "30.00")
    with pytest.raises(ConflictError, match="meanwhile"):
        ask(world.alice, signed)


def test_of_held_money_without_work_only_the_release_is_asked(world, signed):
    asked = {"milestone_id": signed.milestones[0], "words": "Not yet."}
    db.write(submissions.request_changes, actor=world.alice, **asked)
    with pytest.raises(ConflictError, match="No submitted work"):
        ask(world.alice, signed)
    assert ask(world.alice, signed, in_review=False).rest == "US$100.00"


@pytest.mark.parametrize("in_review", [True, False])
def test_where_nothing_is_held_there_is_nothing_to_ask(world, signed, in_review):
    with pytest.raises(ConflictError, match="not funded yet"):
        ask(world.alice, signed, number=2, in_review=in_review)
    release(world, signed)
    with pytest.raises(ConflictError, match="already released"):
        ask(world.alice, signed, in_review=in_review)


@pytest.mark.parametrize(
    ("person", "refusal"),
    [
        ("bob", NotPermittedError),
        ("fatuma", NotPermittedError),
        ("charlie", NotFoundError),
        ("dora", NotFoundError),
    ],
)
def test_only_an_owner_of_the_client_is_asked(world, signed, person, refusal):
    with pytest.raises(refusal):
        ask(getattr(world, person), signed)
