"""What each side sees on its first page, the most urgent first."""

from datetime import timedelta

import pytest

from freelance_app import clock, db, routes
from freelance_app.services.contracts import funding, submissions
from freelance_app.services.hiring import home, proposals
from freelance_app.worker import wings
from tests.services.contracts.signed import sign
from tests.services.hiring.sent import proposal_of, sent
from tests.services.money.books import announce, open_bank

wings.load()  # each wing registers what waits when it is imported


def view(actor):
    return db.read(home.get_view, actor=actor)


def work(actor) -> list[str]:
    """Return what waits in contracts; `sign` leaves an unread proposal too."""
    return [todo.title for todo in view(actor).todos if todo.kind == "milestone"]


def fund(world, signed, *numbers: int) -> None:
    ids = [signed.milestones[number - 1] for number in numbers]
    db.write(funding.fund, actor=world.alice, milestone_ids=ids)


def submit(world, signed, number: int) -> None:
    ids = {"milestone_id": signed.milestones[number - 1], "note": "Done."}
    db.write(submissions.submit, actor=world.fatuma, **ids)


def test_the_client_reviews_what_ends_first_then_what_has_no_end(world, at):
    now = clock.now()
    late, soon = sign(world), sign(world, auto_release_days=3)
    db.write(open_bank)
    announce(world, currency="USD")
    for signed, number in ((late, 1), (soon, 2)):
        fund(world, signed, number)
        submit(world, signed, number)
    at(now + timedelta(hours=1))
    found = view(world.alice)
    assert [todo.title for todo in found.todos[:2]] == ["Review Part 2", "Review Part 1"]
    rest = {"Send US$120.00 from your bank", "Read 1 new proposal"}
    assert {todo.title for todo in found.todos[2:]} == rest
    assert [todo.is_first for todo in found.todos] == [True, False, False, False, False]
    assert found.todos_count == "5"
    assert found.summary.startswith("5 things wait for you, the first until ")


def test_the_freelancer_works_by_the_days_that_were_agreed(world):
    signed = sign(world)
    offer_id = sent(world)
    fund(world, signed, 2)
    fund(world, signed, 1)
    found = view(world.fatuma)
    offer, first, second = found.todos
    assert (offer.href, offer.who) == (routes.offer(offer_id), world.alice.party_name)
    assert [first.title, second.title] == ["Submit Part 1", "Submit Part 2"]
    assert first.clock.left.startswith("10 d") or first.clock.left.startswith("9 d")
    assert (first.amount, second.amount) == ("US$100.00", "US$250.00")


def test_work_moves_from_one_side_to_the_other(world):
    signed = sign(world)
    assert work(world.alice) == ["Fund Part 1"]
    assert work(world.fatuma) == []
    fund(world, signed, 1)
    assert work(world.alice) == []
    assert work(world.fatuma) == ["Submit Part 1"]
    submit(world, signed, 1)
    assert work(world.alice) == ["Review Part 1"]
    assert work(world.fatuma) == []


def test_each_side_sees_what_it_waits_for_by_whom_and_until_when(world):
    signed, fatuma, alice = sign(world), world.fatuma.party_name, world.alice.party_name
    sent(world)
    (unfunded,) = view(world.fatuma).waits
    assert (unfunded.title, unfunded.who) == (f"{alice} funds milestone 1, Part 1", alice)
    fund(world, signed, 1)
    offer, work = view(world.alice).waits
    assert (offer.title, work.title) == (
        f"{fatuma} answers your offer",
        f"{fatuma} works on milestone 1, Part 1",
    )
    assert offer.clock.left
    assert work.clock.left
    assert {wait.act for wait in (unfunded, offer, work)} == {""}
    submit(world, signed, 1)
    (review,) = view(world.fatuma).waits
    assert review.title == f"{alice} reviews milestone 1, Part 1"
    assert review.clock.left.startswith("14 d") or review.clock.left.startswith("13 d")
    assert view(world.fatuma).waits_words == "Waiting for others, 1"
    assert [wait.title for wait in view(world.alice).waits] == [offer.title]


def test_a_viewer_sees_the_money_and_the_days_and_is_asked_to_do_nothing(world):
    signed = sign(world)
    fund(world, signed, 1)
    submit(world, signed, 1)
    seen, owners = view(world.bob), view(world.alice)
    assert (seen.todos, seen.todos_count) == ([], "")
    waits = [(wait.title, wait.who, wait.act) for wait in seen.waits]
    assert waits == [("Review Part 1", "An owner", ""), ("Read 1 new proposal", "An owner", "")]
    assert seen.summary.startswith("Nothing waits for you.")
    assert (seen.boxes, seen.months) == (owners.boxes, owners.months)
    assert seen.appointments == owners.appointments
    assert seen.is_new is False


@pytest.mark.parametrize("person", ["charlie", "dora"])
def test_a_stranger_sees_nothing_of_it(world, person):
    signed = sign(world)
    fund(world, signed, 1)
    submit(world, signed, 1)
    sent(world)
    seen = view(getattr(world, person))
    assert (seen.todos, seen.waits, seen.boxes, seen.months) == ([], [], [], [])
    assert (seen.appointments, seen.activities) == ([], [])
    assert not any(day.is_busy for day in seen.days)
    assert seen.is_new is True
    assert "Part" not in str(seen)
    assert world.alice.party_name not in str(seen)


def test_the_first_step_follows_the_role(world):
    hints = {
        "alice": ("Post your first job", routes.JOB_NEW),
        "bob": ("Nothing here yet", routes.MY_JOBS),
        "fatuma": ("Find your first job", routes.JOBS),
        "frank": ("This market is ready", routes.ADMIN_SETTINGS),
    }
    for name, (title, href) in hints.items():
        hint = view(getattr(world, name)).hint
        assert (hint.title, hint.href) == (title, href)


def test_what_others_did_is_told_to_the_one_it_concerns(world):
    proposal_id = proposal_of(world)
    asked = {"proposal_id": proposal_id, "reason": "Too far away."}
    db.write(proposals.decline, actor=world.alice, **asked)
    (told,) = view(world.fatuma).activities
    assert (told.title, told.is_unread) == ("Your proposal was declined", True)
    assert view(world.alice).activities == []
