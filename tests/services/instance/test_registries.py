"""The registries by which upper wings are heard: effects, needs, counters."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import literal
from sqlalchemy import select as sql_select

from freelance_app import db
from freelance_app.services.instance import counts, effects, needs, numbers
from freelance_app.services.instance.needs import Need
from freelance_app.services.instance.numbers import PARTY_ID
from freelance_app.services.instance.views import NO_CLOCK, PersonView, TodoView, person_view
from freelance_app.worker import wings

NOW = datetime(2026, 11, 18, 7, 24, tzinfo=UTC)


def todo(title: str) -> TodoView:
    return TodoView("milestone", title, "about", "submitted", "", "You", NO_CLOCK, "Act", "/x")


def test_an_effect_runs_in_the_callers_unit_of_work(sqlite):
    seen = []
    effects.register("test_registries.seen")(
        lambda session, *, subject_id: seen.append((session.in_transaction(), subject_id))
    )
    db.write(effects.run, "test_registries.seen", subject_id=7)
    assert seen == [(True, 7)]


def test_a_name_is_taken_once():
    effects.register("test_registries.once")(lambda session, *, subject_id: None)
    with pytest.raises(ValueError, match="registered twice"):
        effects.register("test_registries.once")(lambda session, *, subject_id: None)


def test_an_unknown_effect_says_its_name(sqlite):
    with pytest.raises(LookupError, match=r"test_registries\.nothing"):
        db.write(effects.run, "test_registries.nothing", subject_id=1)


def test_a_worker_without_pages_knows_the_effects_of_every_wing():
    wings.load()
    assert {"mail.retry", "messages.tell"} <= set(effects.names())


@pytest.fixture
def readers(monkeypatch):
    """Return an empty list of readers in place of the real ones."""
    found: list = []
    monkeypatch.setattr(needs, "_readers", found)
    return found


def test_needs_of_all_wings_come_by_their_moment_and_the_first_is_marked(sqlite_world, readers):
    later, soon = NOW + timedelta(days=2), NOW
    needs.register(lambda session, *, actor: [Need(todo("no moment")), Need(todo("late"), later)])
    needs.register(lambda session, *, actor: [Need(todo("soon"), soon)])
    found = db.read(needs.list_for, actor=sqlite_world.alice)
    assert [each.title for each in found] == ["soon", "late", "no moment"]
    assert [each.is_first for each in found] == [True, False, False]


def test_a_reader_is_asked_as_the_actor(sqlite_world, readers):
    asked = []
    needs.register(lambda session, *, actor: asked.append(actor) or [])
    assert db.read(needs.list_for, actor=sqlite_world.fatuma) == []
    assert asked == [sqlite_world.fatuma]


def test_the_frame_counts_what_waits_and_says_99_at_most(sqlite_world, monkeypatch):
    monkeypatch.setattr(needs, "_numbers", [])
    needs.register_number(lambda role: sql_select(literal(98)).scalar_subquery())
    needs.register_number(lambda role: sql_select(literal(2)).scalar_subquery())
    needs.register_number(lambda role: None)
    monkeypatch.setattr(counts, "_counters", {"messages": lambda session, actor: 3})
    shell = db.read(counts.shell, actor=sqlite_world.alice)
    assert (shell.needs, shell.messages, shell.notices) == ("99+", "3", "")


def test_a_number_is_asked_of_the_role_and_counts_the_rows_of_whoever_asks(sqlite_world):
    asked = []

    def number(role):
        asked.append(role)
        return sql_select(PARTY_ID).scalar_subquery()

    world = sqlite_world
    for actor in (world.alice, world.dora):
        assert db.read(numbers.total, (number,), actor) == actor.party_id
    (role,) = asked
    assert (role.party_id, role.person_id, role.party_name) == (0, 0, "")
    assert role.is_company
    assert role.is_owner


@pytest.mark.parametrize(
    ("name", "initials"),
    [("Achieng Odhiambo", "AO"), ("Fjordlys", "F"), ("maria de la cruz", "MC"), ("…", "?")],
)
def test_a_name_has_one_or_two_initials(name, initials):
    assert person_view(name, row_id=1).initials == initials


def test_a_tint_follows_the_row():
    assert person_view("A", row_id=3).tint == person_view("B", row_id=8).tint
    assert isinstance(person_view("A", row_id=3), PersonView)
