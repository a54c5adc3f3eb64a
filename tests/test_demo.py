"""The demo can be told at any hour."""

from datetime import timedelta

import pytest
from sqlalchemy import text

from freelance_app import clock, db
from freelance_app.demo import work
from freelance_app.demo.story import Story
from freelance_app.services.talent import vocabulary


@pytest.mark.parametrize("own_database", ["sqlite"], indirect=True)
def test_the_demo_is_told_late_when_others_have_tomorrow_already(own_database, at):
    db.write(vocabulary.install)
    late = clock.now() - timedelta(days=1)
    at(late.replace(hour=23, minute=50))
    Story().play()
    with db.engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM contract")).scalar() == len(
            work.read()
        )
