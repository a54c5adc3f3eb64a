"""Two processes as one: limits they share, and the main job while they are killed."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import httpx
import pytest
from playwright.sync_api import expect

from freelance_app import routes
from freelance_app.services.accounts import sign_ins
from tests.e2e import cluster as clusters
from tests.e2e.server import wait_until
from tests.e2e.test_journey import (
    STEPS,
    People,
    a_proposal_is_sent_and_read,
    an_offer_is_accepted,
    everybody_joins,
    press,
    they_talk,
)

# What the browser says while it comes back.
AWAY = ("WebSocket", "ERR_", "502", "503", "websocket")
WRONG, TOO_MANY = 422, 429
LOST = "Does it also keep photos?"
MARK = "never loaded again"
# With the start of the cluster, on a machine that does other things too.
pytestmark = pytest.mark.timeout(600)


@pytest.fixture(autouse=True)
def patience():
    """Wait a little longer than elsewhere: a page connects again and loads before it answers."""
    expect.set_options(timeout=15_000)
    yield
    expect.set_options(timeout=5_000)


@pytest.fixture(scope="module")
def cluster(built, tmp_path_factory):
    running = clusters.start(tmp_path_factory.mktemp("cluster"))
    yield running
    running.stop()


def wrong_sign_in(cluster, address: str, number: int, *, email: str = "{}@example.org") -> int:
    """Sign in with a wrong password at one process or the other, past the proxy, as it would ask.

    Each of the tests that count tries has an address of its own.
    """
    urls = cluster.worker_urls
    headers = {"Origin": cluster.url, "X-Forwarded-For": address}
    form = {"email": email.format(f"nobody-{number}"), "password": "not it"}
    url = f"{urls[number % len(urls)]}{routes.SIGN_IN}"
    return httpx.post(url, data=form, headers=headers, timeout=60, trust_env=False).status_code


def test_tries_at_two_processes_in_turn_are_counted_together(cluster):
    cluster.wait_for_all()
    of_one = partial(wrong_sign_in, cluster, "203.0.113.1", email="nobody@example.org")
    answers = [of_one(number) for number in range(sign_ins.ACCOUNT_TRIES + 2)]
    assert answers == [WRONG] * sign_ins.ACCOUNT_TRIES + [TOO_MANY] * 2
    of_many = partial(wrong_sign_in, cluster, "203.0.113.2")
    answers = [of_many(number) for number in range(sign_ins.ADDRESS_TRIES + 2)]
    assert answers == [WRONG] * sign_ins.ADDRESS_TRIES + [TOO_MANY] * 2


def test_tries_at_two_processes_at_once_are_counted_together(cluster):
    cluster.wait_for_all()
    tries = 2 * sign_ins.ADDRESS_TRIES
    with ThreadPoolExecutor(8) as threads:
        answers = Counter(threads.map(partial(wrong_sign_in, cluster, "203.0.113.3"), range(tries)))
    assert answers == {WRONG: sign_ins.ADDRESS_TRIES, TOO_MANY: tries - sign_ins.ADDRESS_TRIES}


def mark(us: People) -> None:
    """Mark every page; a page that is loaded again loses it."""
    for page in us.pages:
        page.evaluate(f"window.mark = '{MARK}'")


def a_process_is_killed_while_it_writes_a_message(us: People, cluster) -> None:
    """What was typed stays in the field; sent again it is there once, for both."""
    field = us.client.get_by_label("Message to")
    field.fill(LOST)
    with cluster.killing_who_writes("message"):
        press(us.client, "Send", exact=True)
    expect(field).to_have_value(LOST)

    def is_sent() -> bool:
        if field.input_value():
            press(us.client, "Send", exact=True)
            us.client.wait_for_timeout(1_000)
        return not field.input_value()

    wait_until(is_sent)
    for page in (us.client, us.freelancer):
        expect(page.get_by_role("log").get_by_text(LOST)).to_have_count(1)


def test_the_main_job_survives_killed_processes_and_a_killed_redis(cluster, visit):
    us = People(cluster, lambda server, **options: visit(server, expected=AWAY, **options))
    for step in STEPS:
        step(us)
        if step is everybody_joins:
            mark(us)
        if step is a_proposal_is_sent_and_read:
            cluster.kill_worker(0)
        if step is they_talk:
            a_process_is_killed_while_it_writes_a_message(us, cluster)
        if step is an_offer_is_accepted:
            cluster.restart_redis(seconds_away=2)
    assert [page.evaluate("window.mark") for page in us.pages] == [MARK] * len(us.pages)
    assert "The books are sound." in cluster.command("verify-ledger")
    assert "Traceback" not in cluster.log
