"""Policies: defaults, changes within bounds, and snapshots that hold for ever."""

import json

import pytest
from sqlmodel import delete

from freelance_app import db
from freelance_app.errors import InvalidError
from freelance_app.models import PolicyValue
from freelance_app.services.instance import policies


@pytest.fixture(autouse=True)
def _defaults(database):
    yield
    db.write(lambda session: session.exec(delete(PolicyValue)))


def change(key, new) -> None:
    db.write(policies.change, key=key, new=new)


@pytest.mark.parametrize("key", policies.POLICIES)
def test_a_policy_has_its_default_until_it_is_changed(key):
    default, smallest, largest = policies.POLICIES[key]
    assert smallest <= default <= largest
    assert db.read(policies.value, key) == default
    for new in (smallest, largest):
        change(key, new)
        assert db.read(policies.value, key) == new


@pytest.mark.parametrize("new", [0, 91, -14])
def test_a_value_outside_its_bounds_is_refused_beside_its_field(new):
    with pytest.raises(InvalidError, match="from 1 to 90") as refused:
        change("auto_release_days", new)
    assert refused.value.field == "auto_release_days"
    assert db.read(policies.value, "auto_release_days") == 14


def test_an_unknown_policy_is_a_bug():
    with pytest.raises(KeyError):
        db.read(policies.value, "free_money")


def test_a_snapshot_holds_whatever_is_changed_later():
    change("auto_release_days", 30)
    signed = db.read(policies.snapshot)
    change("auto_release_days", 1)
    assert policies.frozen(signed)["auto_release_days"] == 30
    assert db.read(policies.value, "auto_release_days") == 1


def test_a_snapshot_is_the_same_text_for_the_same_policies():
    first = db.read(policies.snapshot)
    assert first == db.read(policies.snapshot)
    assert list(json.loads(first)) == sorted(policies.POLICIES)


def test_a_policy_that_was_not_known_at_signing_has_its_default():
    assert policies.frozen("{}")["offer_open_days"] == 7
