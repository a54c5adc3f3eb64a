"""The main job on two processes, while each of them is killed and Redis forgets everything."""

import pytest
from playwright.sync_api import expect

from tests.e2e import cluster as clusters
from tests.e2e.test_journey import (
    STEPS,
    People,
    a_proposal_is_sent_and_read,
    an_offer_is_accepted,
    they_talk,
)

# What the browser says while it comes back.
AWAY = ("WebSocket", "ERR_", "502", "503", "websocket")


@pytest.fixture(autouse=True)
def patience():
    """Wait a little longer than elsewhere: a page connects again and loads before it answers."""
    expect.set_options(timeout=15_000)
    yield
    expect.set_options(timeout=5_000)


@pytest.fixture
def cluster(built, tmp_path):
    running = clusters.start(tmp_path)
    yield running
    running.stop()


@pytest.mark.timeout(300)
def test_the_main_job_survives_a_killed_process_and_a_redis_that_forgets(cluster, visit):
    us = People(cluster, lambda server, **options: visit(server, expected=AWAY, **options))
    for step in STEPS:
        step(us)
        if step is a_proposal_is_sent_and_read:
            cluster.kill_worker(0)
        if step is they_talk:
            cluster.kill_worker(1)
        if step is an_offer_is_accepted:
            cluster.restart_redis(seconds_away=2)
    assert "The books are sound." in cluster.command("verify-ledger")
    assert "Traceback" not in cluster.log
