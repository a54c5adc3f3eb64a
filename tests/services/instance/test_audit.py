"""The audit: written with the act, append-only, chained, told to the sides of a contract."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlmodel import select

from freelance_app import db
from freelance_app.models import AuditEntry, AuditSeal
from freelance_app.services.instance import audit, chain_audit
from freelance_app.text import speaking
from tests.services.instance.rows import add_contract

NOW = datetime(2026, 11, 18, 7, 24, tzinfo=UTC)


def note(world, actor, action, contract_id, subject="contract:1") -> None:
    db.write(audit.record, actor=actor, action=action, subject=subject, contract_id=contract_id)


def test_an_entry_is_written_with_its_act_or_not_at_all(world):
    def act(session):
        audit.record(session, actor=world.alice, action="test.lost", subject=world.run)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        db.write(act)
    lost = select(AuditEntry).where(AuditEntry.subject == world.run)
    assert db.read(lambda session: session.exec(lost).all()) == []


def test_it_holds_ids_and_no_names(world):
    db.write(audit.record, actor=world.alice, action="test.done", subject=world.run)
    wanted = select(AuditEntry).where(AuditEntry.subject == world.run)
    entry = db.read(lambda session: session.exec(wanted).one())
    assert (entry.actor_id, entry.party_id) == (world.alice.person_id, world.alice.party_id)
    assert world.alice.name not in repr(entry)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_entry SET words = 'x'",
        "DELETE FROM audit_entry",
        "UPDATE audit_seal SET count = 0",
        "DELETE FROM audit_sealed",
    ],
)
def test_the_database_refuses_any_change(statement, world):
    db.write(audit.record, actor=world.alice, action="test.done", subject=world.run)
    db.write(chain_audit.seal_due)
    with pytest.raises(DBAPIError), db.engine.begin() as connection:
        connection.execute(text(statement))


def seals() -> list[AuditSeal]:
    return db.read(lambda session: list(session.exec(select(AuditSeal))))


def test_sealing_takes_each_entry_once_and_proves_it(world):
    db.write(audit.record, actor=world.alice, action="test.done", subject=world.run)
    db.write(audit.record, actor=None, action="test.done", subject=world.run)
    while db.write(chain_audit.seal_due):
        pass
    before = len(seals())
    assert db.write(chain_audit.seal_due) == 0
    assert len(seals()) == before
    assert db.read(chain_audit.faults) == []


def test_the_sides_read_what_happened_newest_first(world, at):
    at(NOW)
    contract_id, milestone_id = db.write(add_contract, world)
    subject = f"milestone:{milestone_id}"
    note(world, world.fatuma, "contract.signed", contract_id)
    note(world, world.alice, "milestone.funded", contract_id, subject)
    note(world, world.fatuma, "milestone.submitted", contract_id, subject)
    note(world, None, "milestone.auto_released", contract_id, subject)
    lines = db.read(audit.list_for_contract, contract_id=contract_id, actor=world.alice)
    assert [line.text for line in lines] == [
        "Milestone 3 was released by itself",
        f"{world.fatuma.name} submitted milestone 3",
        "You funded milestone 3",
        f"{world.fatuma.name} signed the terms",
    ]
    assert [line.icon for line in lines] == ["released", "submitted", "funded", "signed"]
    assert lines[0].at == "07:24"


def test_other_acts_and_other_contracts_stay_out(world):
    contract_id, _ = db.write(add_contract, world)
    other_id, _ = db.write(add_contract, world)
    note(world, world.alice, "message.sent", contract_id)
    note(world, world.alice, "contract.signed", other_id)
    assert db.read(audit.list_for_contract, contract_id=contract_id) == []


def test_every_act_can_be_told_of_a_person_and_of_nobody(world):
    contract_id, milestone_id = db.write(add_contract, world)
    for action in audit.ACTS:
        for actor in (world.fatuma, None):
            note(world, actor, action, contract_id, f"milestone:{milestone_id}")
    lines = db.read(audit.list_for_contract, contract_id=contract_id, actor=world.alice, limit=100)
    assert len(lines) == 2 * len(audit.ACTS)
    assert not [line.text for line in lines if "{" in line.text]


def test_it_is_told_in_the_readers_zone(world, at):
    at(NOW)
    contract_id, _ = db.write(add_contract, world)
    note(world, world.alice, "contract.signed", contract_id)
    with speaking("en", "Africa/Nairobi"):
        lines = db.read(audit.list_for_contract, contract_id=contract_id)
    assert lines[0].at == "10:24"
