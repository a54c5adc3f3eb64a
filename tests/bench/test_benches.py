"""Each benchmark still runs: they are used seldom, and a change may break one unseen."""

import asyncio
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace

import pytest

from bench import chat, events, ledger, memory, pages, site
from bench.harness import acts, servers
from bench.harness.crowd import Crowd
from bench.harness.servers import Server
from bench.harness.tabs import Seat

pytestmark = pytest.mark.timeout(300)
# So many events a second that a burst without one is out of the question.
OFTEN, SECONDS = 30.0, 0.5


@pytest.fixture(scope="module")
def harbour(built) -> Iterator[Server]:
    with servers.harbour(demo=True) as running:
        yield running


@pytest.fixture(scope="module")
def bare() -> Iterator[Server]:
    with servers.counter() as running:
        yield running


@pytest.fixture(scope="module")
def crowd() -> Iterator[Crowd]:
    with Crowd() as running:
        yield running


def test_an_event_is_compared_with_the_counters(harbour, bare, crowd, capsys):
    kind = replace(events.KINDS[0], rate=OFTEN)
    rows = harbour.ask("bench.harness.seats", kind.people, "1")
    crowd.open("bare", bare.url, acts.bare_seats(1))
    crowd.open("ours", harbour.url, [kind.seat(row) for row in rows])
    ours, floor = events.Side("ours", harbour), events.Side("bare", bare)
    events.compare(crowd, ours, floor, kind, seconds=SECONDS, pairs=1)
    ratios = events.report(ours, floor, kind, tabs=1)
    bursts = [*ours.paced, *ours.flat_out, *floor.paced, *floor.flat_out]
    assert [burst.faults for burst in bursts] == [0] * 4
    assert all(ratios.values()), capsys.readouterr().out


@pytest.mark.parametrize("kind", events.KINDS[1:], ids=lambda kind: kind.name)
def test_each_other_event_is_answered(kind, harbour, crowd):
    rows = harbour.ask("bench.harness.seats", kind.people, "1")
    crowd.open(kind.name, harbour.url, [kind.seat(row) for row in rows])
    burst = crowd.run(kind.name, seconds=SECONDS, rate=OFTEN)
    assert burst.latencies
    assert burst.faults == 0


def test_every_message_arrives_in_the_other_page(harbour, crowd):
    burst = chat.measure(crowd, [harbour, harbour], tabs=24, messages=4)
    assert (len(burst.latencies), burst.faults) == (4, 0)


def test_tabs_that_are_answered_are_weighed_and_no_others(harbour, bare, crowd):
    tabs = memory.WARM_TABS + 1
    memory.for_each_tab(crowd, bare, acts.bare_seats(tabs))
    with pytest.raises(SystemExit, match="refused"):
        memory.for_each_tab(crowd, harbour, [Seat(acts.RELOAD_SESSIONS)] * tabs)


def test_pages_of_bulk_rows_open_and_the_books_are_sound(built, crowd, capsys):
    with ExitStack() as stack:
        sizes = [pages.filled(stack, 20)]
        pages.measure(crowd, sizes, rounds=1)
        pages.report(sizes)
        pages.verify(sizes)
    assert "The books are sound" in capsys.readouterr().out


def test_releases_are_compared_with_inserts(capsys):
    ledger.measure("sqlite", alone=2, each=1, rounds=1)
    said = capsys.readouterr().out
    assert "The books are sound" in said
    assert "release to insert" in said


def test_a_page_is_compared_with_static_files(capsys):
    asyncio.run(site.main(rounds=1))
    assert "ratio" in capsys.readouterr().out
