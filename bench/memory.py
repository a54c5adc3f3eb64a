"""Memory of the server at its start and for each connected tab, beside the bare counter app.

A tab of Harbour is somebody signed in, with an account of their own, on a page with a list; a tab
of the bare app shows its counter. Both servers get the same number of tabs, and what the process
grew by is shared among them, after a first few tabs that warm the code up.

--long: 200 tabs and 100,000 events in 20 minutes; the memory must stand still at the end:
the slope of the last quarter says by how much it would grow in the time of the whole run.

    python -m bench.memory [--short] [--long]
"""

import time
from contextlib import ExitStack

from bench.harness import acts, servers
from bench.harness.crowd import Crowd
from bench.harness.figures import goal, options, say
from bench.harness.servers import Server
from bench.harness.tabs import Seat

KIB, MIB = 1024, 1024 * 1024
WARM_TABS, SETTLE_SECONDS = 20, 2.0
MOST, SLOPE = 1.5, 1.0
LONG_TABS, LONG_EVENTS, LONG_SECONDS, LOOK_SECONDS = 200, 100_000, 20 * 60, 15


def for_each_tab(crowd: Crowd, server: Server, seats: list[Seat]) -> float:
    """Return by how many bytes the process grew for a tab.

    Raises:
        SystemExit: A tab was refused or not answered: it would weigh less than one that works.
    """
    crowd.open("warm", server.url, seats[:WARM_TABS])
    faults = crowd.run("warm", seconds=1, rate=50).faults
    before = server.memory()
    crowd.open("tabs", server.url, seats[WARM_TABS:])
    faults += crowd.run("tabs", seconds=2, rate=100).faults
    if faults:
        raise SystemExit(f"{faults} events were refused or not answered")
    time.sleep(SETTLE_SECONDS)
    grown = server.memory() - before
    crowd.close("tabs")
    crowd.close("warm")
    return grown / (len(seats) - WARM_TABS)


def growth(crowd: Crowd, server: Server, seats: list[Seat], *, seconds: float, events: int) -> None:
    """Send events all the time, look at the memory, and print the slope of the last quarter."""
    crowd.open("long", server.url, seats)
    sizes: list[int] = []
    sent = 0
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        burst = crowd.run("long", seconds=LOOK_SECONDS, rate=events / seconds)
        if burst.faults:
            raise SystemExit(f"{burst.faults} events were refused or not answered")
        sent += len(burst.latencies)
        sizes.append(server.memory())
    quarter = sizes[-max(2, len(sizes) // 4) :]
    share = (quarter[-1] - quarter[0]) / quarter[0] * 100
    say(f"{sent} events over {len(seats)} tabs: {sizes[0] / MIB:.0f} -> {sizes[-1] / MIB:.0f} MiB")
    goal("growth in the last quarter, in %", share, SLOPE)
    crowd.close("long")


def main() -> None:
    """Measure both servers."""
    asked = options(__doc__, "long")
    tabs = 60 if asked.short else 520
    with ExitStack() as stack:
        bare = stack.enter_context(servers.counter())
        harbour = stack.enter_context(servers.harbour())
        crowd = stack.enter_context(Crowd())
        rows = harbour.ask("bench.harness.seats", "alone", str(max(tabs, LONG_TABS)))
        seats = [Seat(acts.RELOAD_SESSIONS, row["cookie"]) for row in rows]
        time.sleep(SETTLE_SECONDS)
        say(f"at start: {harbour.memory() / MIB:.0f} MiB, bare {bare.memory() / MIB:.0f} MiB")
        floor = for_each_tab(crowd, bare, acts.bare_seats(tabs))
        ours = for_each_tab(crowd, harbour, seats[:tabs])
        say(f"a tab of {tabs}: {ours / KIB:.0f} KiB, bare {floor / KIB:.0f} KiB")
        goal("a tab's memory to the bare app's", ours / floor, MOST)
        if asked.long:
            length = {"seconds": LONG_SECONDS, "events": LONG_EVENTS}
            growth(crowd, harbour, seats[:LONG_TABS], **length)


if __name__ == "__main__":
    main()
