"""A message from one page to the other side's open page, with 500 tabs connected.

The time runs from sending the event in the writer's tab until the words are in a frame of the
reader's tab: the guard, the write and its commit, the push, the reader's read, its delta. One
message at a time, five a second, between the two sides of the demo's rooms; the other tabs are open
on a page and do nothing. The peer is the bare counter's round trip in the same run, also with 500
tabs: a message passes the server twice, so two of them are the least that it can take.

- one process: SQLite, pushes inside the process.
- two workers: PostgreSQL and Valkey, the writers on one process, the readers on the other.

    python -m bench.chat [--short]
"""

import secrets
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from itertools import islice

from bench.harness import acts, databases, servers
from bench.harness.crowd import Burst, Crowd, Line
from bench.harness.figures import goal, options, percentile, say
from bench.harness.servers import Server
from bench.harness.tabs import Seat
from tests.servers import start_valkey

RATE = 5.0
P50, P95 = 40.0, 100.0


@contextmanager
def one_process() -> Iterator[list[Server]]:
    """Serve the demo in one process."""
    with servers.harbour(demo=True) as server:
        yield [server, server]


@contextmanager
def two_workers() -> Iterator[list[Server]]:
    """Serve the demo in two processes that share PostgreSQL and Valkey."""
    with ExitStack() as stack:
        valkey = start_valkey()
        stack.callback(valkey.stop)
        url = stack.enter_context(databases.postgresql())
        shared = {"DATABASE_URL": url, "REDIS_URL": f"{valkey.connection_url}/0"}
        first = stack.enter_context(servers.harbour(demo=True, **shared))
        yield [first, stack.enter_context(servers.worker(first))]


def measure(crowd: Crowd, both: list[Server], *, tabs: int, messages: int) -> Burst:
    """Open the tabs, half of them on each process, let the rooms talk, and return the times."""
    first, second = both
    rooms = first.ask("bench.harness.seats", "rooms", "10")
    seats = [Seat(acts.room_page(row["room"]), row["cookie"]) for row in rooms]
    idle = [
        Seat(acts.RELOAD_SESSIONS, row["cookie"])
        for row in first.ask("bench.harness.seats", "alone", str(tabs - len(seats)))
    ]
    crowd.open("idle-0", first.url, idle[::2], at=first.url)
    crowd.open("idle-1", first.url, idle[1::2], at=second.url)
    crowd.open("writers", first.url, seats[::2], at=first.url)
    crowd.open("readers", first.url, seats[1::2], at=second.url)
    places = [row["room"] for row in rooms[::2]]
    crowd.talk("writers", "readers", _lines(places, len(places)), rate=RATE)
    burst = crowd.talk("writers", "readers", _lines(places, messages), rate=RATE)
    for group in ("idle-0", "idle-1", "writers", "readers"):
        crowd.close(group)
    return burst


def _lines(places: list[str], count: int) -> list[Line]:
    def endless() -> Iterator[Line]:
        while True:
            for at, room_id in enumerate(places):
                words = f"message {secrets.token_hex(8)}"
                yield Line(at, acts.write(room_id, words), words)

    return list(islice(endless(), count))


def main() -> None:
    """Measure both ways of serving."""
    asked = options(__doc__)
    tabs, messages = (60, 20) if asked.short else (500, 200)
    with Crowd() as crowd:
        with servers.counter() as bare:
            crowd.open("bare", bare.url, acts.bare_seats(tabs))
            floor = crowd.run("bare", seconds=3, rate=RATE * 10)
            crowd.close("bare")
        least = 2 * percentile(floor.latencies, 50) * 1000
        for name, served in (("one process", one_process), ("two workers", two_workers)):
            with served() as both:
                burst = measure(crowd, both, tabs=tabs, messages=messages)
            p50, p95 = (percentile(burst.latencies, each) * 1000 for each in (50, 95))
            say(f"{name}, {tabs} tabs: {len(burst.latencies)} of {messages} messages arrived")
            say(
                f"  p50 is {p50 / least:.1f} x two round trips of the bare counter ({least:.1f} ms)"
            )
            goal("p50 in ms", p50, P50)
            goal("p95 in ms", p95, P95)


if __name__ == "__main__":
    main()
