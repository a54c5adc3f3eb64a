"""The newest seals are cut off the database: what was written down elsewhere shows it."""

import logging
import secrets
import sys

import pytest
from sqlalchemy import text

from freelance_app import cli, db
from freelance_app.models import guards
from freelance_app.services.instance import audit, chain_audit
from freelance_app.services.instance.chain import AUDIT
from freelance_app.services.instance.chain_heads import Head
from freelance_app.services.money import verify
from freelance_app.services.money.seals import LEDGER
from freelance_app.worker import heads, sweeps
from tests.factories import add_world
from tests.services.money.test_ledger import put

TABLES = {"ledger": ("ledger_transaction", "transaction_id"), "audit": ("audit_entry", "entry_id")}
CHAINS = pytest.mark.parametrize("chain", [LEDGER, AUDIT], ids=lambda chain: chain.name)


@pytest.fixture
def sealed(own_database):
    """Two seals in each chain, and the files of their heads."""
    world = db.write(add_world)
    for _ in range(2):
        act(world)
    return world


def act(world) -> None:
    """Move money and write it down, each sealed on its own."""
    name = secrets.token_hex(4)
    put(world, 5_00, key=name)
    db.write(audit.record, actor=world.alice, action="test.done", subject=name)
    sweeps.seal()


def cut(chain, *, rows: bool = False) -> None:
    """Take the newest seal away, as somebody who owns the database can; with its rows or not."""
    table, row_id = TABLES[chain.name]
    newest = f"(SELECT max(id) FROM {chain.name}_seal)"
    covered = f"SELECT {row_id} FROM {chain.name}_sealed WHERE seal_id = {newest}"
    with db.engine.begin() as connection:
        gone = list(connection.scalars(text(covered)))
        switch_off(connection, chain, table)
        run = [
            f"DELETE FROM {chain.name}_sealed WHERE seal_id = {newest}",
            f"DELETE FROM {chain.name}_seal WHERE id = {newest}",
        ]
        if rows:
            run += [f"DELETE FROM {table} WHERE id = {each}" for each in gone]
        for statement in run:
            connection.execute(text(statement))
        guards.install(connection)


def switch_off(connection, chain, table) -> None:
    for each in (table, f"{chain.name}_seal", f"{chain.name}_sealed"):
        if connection.dialect.name == "sqlite":
            connection.execute(text(f"DROP TRIGGER {each}_no_delete"))
        else:
            connection.execute(text(f"DROP TRIGGER {each}_append_only ON {each}"))


def proof(capsys, *expect: str) -> tuple[int, str]:
    """Return what `verify-ledger` ends with, and says."""
    code = cli.verify_ledger(expect=[Head.parse(each) for each in expect])
    return code, capsys.readouterr().out


def test_heads_that_stand_are_found_sound(sealed, capsys):
    code, words = proof(capsys)
    assert code == 0
    assert words.startswith("The books are sound.\nheads ledger:2:")
    old = words.split()[-2:]
    act(sealed)
    assert proof(capsys, *old)[0] == 0


@CHAINS
def test_a_seal_that_was_cut_off_is_missed_and_named(sealed, chain, capsys):
    cut(chain)
    assert db.read(verify.faults) + db.read(chain_audit.faults) == []  # the chain cannot know
    code, words = proof(capsys)
    assert code == 1
    assert f"{chain.name} seal 2: it was cut off, the chain ends at 1\n" in words


def test_audit_entries_that_went_with_their_seal_are_missed(sealed, capsys):
    cut(AUDIT, rows=True)
    assert db.read(chain_audit.faults) == []
    assert "audit seal 2: it was cut off" in proof(capsys)[1]


@CHAINS
def test_what_was_cut_off_is_still_missed_when_new_seals_cover_it(sealed, chain, capsys, caplog):
    before = heads.path_of(chain).read_text()
    cut(chain)
    with caplog.at_level(logging.ERROR):
        act(sealed)
    assert heads.path_of(chain).read_text() == before
    assert f"{chain.name} seal 2: " in caplog.text
    code, words = proof(capsys)
    assert code == 1
    assert f"{chain.name} seal 2: " in words


@CHAINS
def test_a_head_of_an_earlier_run_tells_it_without_the_file(sealed, chain, capsys):
    known = next(str(each) for each in heads.newest() if each.chain == chain.name)
    heads.path_of(chain).unlink()
    cut(chain)
    assert proof(capsys)[0] == 0
    assert f"{chain.name} seal 2: it was cut off" in proof(capsys, known)[1]


def test_every_hour_the_worker_says_aloud_what_was_cut_off(sealed, caplog):
    cut(LEDGER)
    sweeps.check_books()
    assert "the books are wrong: ledger seal 2: it was cut off" in caplog.text


def test_each_seal_stands_in_the_log(sealed, caplog):
    with caplog.at_level(logging.INFO):
        act(sealed)
    assert f"sealed: {heads.newest()[0]}" in caplog.text


@pytest.mark.parametrize("words", ["", "ledger:1", "audit:1:" + "0" * 64])
def test_a_file_that_holds_no_head_of_its_chain_is_a_fault(sealed, words, capsys):
    heads.path_of(LEDGER).write_text(words)
    assert "ledger-head" in proof(capsys)[1].splitlines()[0]


def test_a_head_of_no_chain_is_a_fault(sealed, capsys):
    assert "there is no such chain" in proof(capsys, f"other:1:{'0' * 64}")[1]


def test_nothing_sealed_has_a_head_too(own_database, capsys):
    _code, words = proof(capsys)
    assert f"heads ledger:0:{'0' * 64} audit:0:" in words
    assert proof(capsys, *words.split()[-2:])[0] == 0


def test_the_command_refuses_what_is_no_head(monkeypatch, capsys):
    monkeypatch.setattr(sys, "argv", ["freelance_app", "verify-ledger", "--expect", "12"])
    with pytest.raises(SystemExit):
        cli.main()
    assert "--expect" in capsys.readouterr().err
