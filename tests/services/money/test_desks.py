"""The lists of the finance desk: who has waited longest is on top, what is done newest first."""

import pytest

from freelance_app import db
from freelance_app.services.instance.keyset import Place
from freelance_app.services.money import deposits, needs, payout_lists, payouts
from tests.services.money.books import add_method, announce, confirm, open_bank
from tests.services.money.test_payouts import ask, decide, earn


@pytest.fixture
def bank(world, monkeypatch):
    for wing in (deposits, payout_lists):
        monkeypatch.setattr(wing, "ROWS", 2)
    db.write(open_bank)
    db.write(earn, world)
    return world


def read(world, service, **place: str):
    return db.read(service, actor=world.frank, place=Place(**place))


def to_newer(world, service, page) -> list:
    """Return the pages from one to the newest."""
    pages = [page]
    while pages[-1].newer:
        pages.append(read(world, service, after=pages[-1].newer))
    return pages


def to_older(world, service, page) -> list:
    """Return the pages from one to the oldest."""
    pages = [page]
    while pages[-1].older:
        pages.append(read(world, service, before=pages[-1].older))
    return pages


def many_payouts(world) -> list[str]:
    method_id = add_method(world)
    return [ask(world, "50.00", method_id) for _ in range(5)]


def own(pages: list, made: list[str]) -> list[str]:
    return [row.id for page in pages for row in page.rows if row.id in made]


@pytest.mark.parametrize("kind", ["deposits", "payouts"])
def test_what_waits_has_the_oldest_first_on_all_pages_there_and_back(bank, kind):
    if kind == "deposits":
        made, service = [announce(bank) for _ in range(5)], deposits.list_pending
    else:
        made, service = many_payouts(bank), payout_lists.list_requested
    pages = to_newer(bank, service, read(bank, service))
    assert pages[0].older == ""
    assert own(pages, made) == made
    assert own(to_older(bank, service, pages[-1])[::-1], made) == made


def test_a_page_of_what_waits_starts_after_a_row_that_was_decided_meanwhile(bank):
    made = [announce(bank) for _ in range(5)]
    confirm(bank, made[1], "120.00")
    rest = to_newer(bank, deposits.list_pending, read(bank, deposits.list_pending, after=made[1]))
    assert own(rest, made) == made[2:]
    back = read(bank, deposits.list_pending, before=rest[0].older)
    assert own([back], made)[0] == made[0]
    assert made[1] not in own([back], made)


def test_what_was_decided_has_the_newest_first(bank):
    made = many_payouts(bank)
    for payout_id in made:
        decide(bank, payouts.mark_paid, payout_id)
    pages = to_older(bank, payout_lists.list_decided, read(bank, payout_lists.list_decided))
    assert own(pages, made) == made[::-1]


def test_home_tells_them_in_the_order_of_the_desk(bank):
    for _ in range(2):
        announce(bank)
    many_payouts(bank)
    told = [need.todo.title for need in db.read(needs.list_for, actor=bank.frank)]
    pages = to_newer(bank, deposits.list_pending, read(bank, deposits.list_pending))
    references = [row.reference for page in pages for row in page.rows][: needs.MOST]
    pages = to_newer(bank, payout_lists.list_requested, read(bank, payout_lists.list_requested))
    numbers = [row.number for page in pages for row in page.rows][: needs.MOST]
    assert [title.split()[-1] for title in told] == references + numbers
