"""The instance's settings: who may read and change them, and which are refused."""

import asyncio
from dataclasses import replace

import pytest

from freelance_app import db
from freelance_app.errors import InvalidFormError, NotFoundError
from freelance_app.models import Instance, PolicyValue
from freelance_app.services.instance import instances, policies
from freelance_app.services.instance.instances import InstanceForm

FORM = InstanceForm(
    instance_name="Mwamba Works",
    time_zone="Africa/Nairobi",
    currency="KES",
    sign_up="open",
    bank_holder="Mwamba Cooperative",
    bank_account="KE12 3456",
    payout_wait_days="0",
)


@pytest.fixture(autouse=True)
def nothing_is_set_up(database):
    """Empty the one row before and after: other tests want the defaults."""

    def empty(session):
        for row in (session.get(Instance, 1), session.get(PolicyValue, "payout_wait_days")):
            if row:
                session.delete(row)

    db.write(empty)
    yield
    db.write(empty)


def test_before_the_set_up_the_door_is_closed_and_the_name_is_ours():
    view = db.read(instances.get)
    assert (view.name, view.is_set_up, view.is_sign_up_open) == ("Harbour", False, False)
    assert db.read(instances.brand) == "Harbour"


def test_an_administrator_changes_everything_on_one_page(world):
    db.write(instances.change, actor=world.frank, form=FORM)
    view = db.read(instances.get)
    assert (view.name, view.currency, view.time_zone) == ("Mwamba Works", "KES", "Africa/Nairobi")
    assert view.is_sign_up_open
    assert db.read(policies.value, "payout_wait_days") == 0
    assert db.read(instances.form_of, actor=world.frank) == FORM


def test_a_second_change_keeps_the_day_of_the_set_up(world):
    db.write(instances.change, actor=world.frank, form=FORM)
    with db.unit_of_work() as session:
        first = session.get_one(Instance, 1).set_up_at
    db.write(instances.change, actor=world.frank, form=replace(FORM, sign_up="closed"))
    with db.unit_of_work() as session:
        assert session.get_one(Instance, 1).set_up_at == first
    assert not db.read(instances.get).is_sign_up_open


def test_nobody_else_reads_or_changes_them(world):
    for stranger in (world.alice, world.bob, world.charlie):
        with pytest.raises(NotFoundError):
            db.read(instances.form_of, actor=stranger)
        with pytest.raises(NotFoundError):
            db.write(instances.change, actor=stranger, form=FORM)
    assert not db.read(instances.get).is_set_up


def test_a_guest_learns_name_and_door_and_no_more(world):
    gate = instances.gate_of(asyncio.run(db.look_up(instances.GATE, {})))
    assert not gate.is_set_up
    assert not gate.is_sign_up_open
    db.write(instances.change, actor=world.frank, form=FORM)
    gate = instances.gate_of(asyncio.run(db.look_up(instances.GATE, {})))
    assert (gate.brand, gate.is_sign_up_open, gate.is_set_up) == ("Mwamba Works", True, True)
    assert "KE12" not in repr(gate)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("instance_name", "  "),
        ("instance_name", "x" * 61),
        ("instance_name", "two\nlines"),
        ("time_zone", "Mars/Olympus"),
        ("currency", "XXX"),
        ("sign_up", "maybe"),
        ("payout_wait_days", "-1"),
        ("payout_wait_days", "31"),
        ("payout_wait_days", "3.5"),
        ("payout_wait_days", "٣"),
        ("payout_wait_days", "9" * 5000),
        ("bank_holder", ""),
        ("bank_account", ""),
        ("bank_code", "x" * 33),
        ("bank_name", "a\x00b"),
    ],
)
def test_what_cannot_be_used_is_named_and_nothing_is_kept(world, field, value):
    with pytest.raises(InvalidFormError) as refused:
        db.write(instances.change, actor=world.frank, form=replace(FORM, **{field: value}))
    assert list(refused.value.fields) == [field]
    assert not db.read(instances.get).is_set_up


def test_the_bank_account_may_come_later(world):
    later = replace(FORM, bank_holder="", bank_account="")
    assert db.write(instances.change, actor=world.frank, form=later) == later


def test_every_offered_currency_has_a_name():
    from babel.numbers import get_currency_name

    assert all(get_currency_name(code, locale="en") != code for code in instances.CURRENCIES)
