"""The demo plays at every hour, also when its people live in another day than the server."""

from datetime import UTC, datetime

import pytest

from freelance_app import clock, db
from freelance_app.demo import story
from freelance_app.services.talent import vocabulary


@pytest.mark.parametrize("own_database", ["sqlite"], indirect=True)
def test_the_demo_plays_while_it_is_tomorrow_in_nairobi(own_database):
    db.write(vocabulary.install)
    clock.use(lambda: datetime(2026, 11, 28, 23, 50, tzinfo=UTC))
    try:
        assert "grace@example.org" in story.tell()
    finally:
        clock.use(None)
