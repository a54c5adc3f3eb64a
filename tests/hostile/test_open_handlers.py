"""What is open to everybody, called by hand: it says the same to all, and to a thief nothing."""

import asyncio

import pytest

from tests import servers
from tests.hostile import on_handlers
from tests.hostile.report import Report
from tests.hostile.target import Target, aimed
from tests.hostile.test_client import IS_FULL, PATIENCE
from tests.state.handlers import OPEN


def breaches(target: Target, title: str) -> list[str]:
    """Try each handler that is open with every payload and link."""
    report = Report()
    asyncio.run(on_handlers.attack(target, report, OPEN))
    report.say(title)
    return report.breaches


@pytest.mark.prove
@pytest.mark.timeout(PATIENCE)
def test_what_is_open_tells_nobody_more(target):
    assert breaches(target, "open handlers") == []


@pytest.mark.prove
@pytest.mark.timeout(PATIENCE)
@pytest.mark.skipif(not IS_FULL, reason="the full proof: the product asks both databases the same")
def test_neither_does_it_on_postgresql(built, tmp_path):
    with aimed(tmp_path, DATABASE_URL=servers.new_postgres_database("hostile_open")) as target:
        assert breaches(target, "open handlers, PostgreSQL") == []
