"""The round trip of an event in Harbour, beside a bare Reflex counter app of the same run.

Four events, with 1, 50 and 500 tabs connected to each server, over real websockets:

- gate: `GateState.enter`, the cheapest handler that there is with one query, called by somebody
  signed in: the guard's look-up, one row by its key, one small delta. The goals are its.
- reload: `SecurityState.reload`, the cheapest handler for signed-in people alone: the guard's
  look-up, the actor's again in the unit of work, one query, texts in the person's language.
- home: the whole `on_load` of `/home`, as by a link, until the page is complete.
- contract: the same for the page of a contract of the demo.

**Latency** is taken at the same offered rate for both servers: 100 events a second in all, at
random moments (500 people who each do something every five seconds), 5 a second for the two pages.
A tab does not wait for other tabs, so what queues shows. **Throughput** is taken at saturation:
every tab acts again as soon as it is answered. Both servers run all the time with all tabs
connected, and the load goes from one to the other every two seconds. Of each side the calmest
quarter of its bursts counts, since what else runs on the machine only ever makes it slower; on a
machine that others use too, the CPU of an event says most. The tabs are a process of their own; its
share of a core is printed, since a client that is busy itself measures itself.

    python -m bench.events [--short] [--goal]      (--goal: only gate and reload with 500 tabs)
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from bench.harness import acts, servers
from bench.harness.crowd import Burst, Crowd
from bench.harness.figures import calm, goal, options, percentile, say
from bench.harness.servers import Server
from bench.harness.tabs import Seat

WARM_SECONDS = 1.0
P50, P95, RATE = 2.0, 4.0, 0.35


@dataclass(frozen=True)
class Kind:
    """One event that is compared with the counter's.

    Attributes:
        people: whose tabs these are, as bench.harness.seats names them.
        rate: the offered rate at which latency is taken.
    """

    name: str
    people: str
    rate: float
    seat: Callable[[dict[str, str]], Seat]


KINDS = (
    Kind("gate", "alone", 100.0, lambda row: Seat(acts.LOAD_GATE, row["cookie"])),
    Kind("reload", "alone", 100.0, lambda row: Seat(acts.RELOAD_SESSIONS, row["cookie"])),
    Kind("home", "parties", 5.0, lambda row: Seat(acts.OPEN_HOME, row["cookie"])),
    Kind(
        "contract",
        "parties",
        5.0,
        lambda row: Seat(acts.open_contract(row["contract"]), row["cookie"]),
    ),
)


@dataclass
class Side:
    """One server under load, and what each of its bursts showed."""

    group: str
    server: Server
    paced: list[Burst] = field(default_factory=list)
    flat_out: list[Burst] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)

    def burst(self, crowd: Crowd, seconds: float, rate: float | None) -> None:
        """Load the server for a while."""
        before = self.server.cpu_seconds()
        burst = crowd.run(self.group, seconds=seconds, rate=rate)
        if burst.faults:
            say(f"  {self.group}: {burst.faults} acts were refused or not answered")
        (self.flat_out if rate is None else self.paced).append(burst)
        if rate is None:
            spent = self.server.cpu_seconds() - before
            self.cpu.append(spent * 1000 / len(burst.latencies))

    def latency(self, percent: float) -> list[float]:
        """Return a percentile of each paced burst with an event in it, in milliseconds."""
        heard = [burst.latencies for burst in self.paced if burst.latencies]
        return [percentile(each, percent) * 1000 for each in heard]

    def slowness(self) -> list[float]:
        """Return the events a second of each burst at saturation, negated: less is better."""
        return [-burst.rate for burst in self.flat_out]


def compare(
    crowd: Crowd, ours: Side, floor: Side, kind: Kind, *, seconds: float, pairs: int
) -> None:
    """Load both in turn, and print what came of it."""
    for side in (ours, floor):
        crowd.run(side.group, seconds=WARM_SECONDS, rate=kind.rate)
    for rate in (kind.rate, None):
        for number in range(pairs):
            for side in (ours, floor) if number % 2 else (floor, ours):
                side.burst(crowd, seconds, rate)


def report(ours: Side, floor: Side, kind: Kind, tabs: int) -> dict[str, float]:
    """Print the figures of both and return the ratios."""
    rows = {
        "p50": (calm(ours.latency(50)), calm(floor.latency(50)), f"ms at {kind.rate:.0f}/s"),
        "p95": (calm(ours.latency(95)), calm(floor.latency(95)), f"ms at {kind.rate:.0f}/s"),
        "rate": (-calm(ours.slowness()), -calm(floor.slowness()), "events/s, saturated"),
        "cpu": (calm(ours.cpu), calm(floor.cpu), "ms CPU an event"),
    }
    say(f"{f'{kind.name}, {tabs} tabs':27}     ours     bare    ratio")
    for name, (mine, bare, unit) in rows.items():
        say(f"  {name:5}{unit:20}{mine:9.2f}{bare:9.2f}{mine / bare:9.2f}")
    busy = max(burst.client_share for burst in [*ours.flat_out, *floor.flat_out])
    say(f"  the tabs themselves used at most {busy:.0%} of a core")
    return {name: mine / bare for name, (mine, bare, _unit) in rows.items()}


def main() -> None:
    """Measure all and print the goals at the end."""
    asked = options(__doc__, "goal")
    counts = (500,) if asked.goal else (1, 50) if asked.short else (1, 50, 500)
    kinds = KINDS[:2] if asked.goal else KINDS
    seconds, pairs = (1.0, 3) if asked.short else (2.0, 8)
    ratios: dict[str, dict[str, float]] = {}
    with servers.counter() as bare, servers.harbour(demo=True) as harbour, Crowd() as crowd:
        people = {
            who: harbour.ask("bench.harness.seats", who, "500")
            for who in {kind.people for kind in kinds}
        }
        for count in counts:
            crowd.open("bare", bare.url, acts.bare_seats(count))
            for kind in kinds:
                rows = people[kind.people][:count]
                crowd.open(kind.name, harbour.url, [kind.seat(row) for row in rows])
                ours, floor = Side(kind.name, harbour), Side("bare", bare)
                compare(crowd, ours, floor, kind, seconds=seconds, pairs=pairs)
                found = report(ours, floor, kind, count)
                crowd.close(kind.name)
                ratios[kind.name] = found
            crowd.close("bare")
    for name in ("gate", "reload"):
        say(f"goals, {name} with {counts[-1]} tabs:")
        goal("p50 to the counter's", ratios[name]["p50"], P50)
        goal("p95 to the counter's", ratios[name]["p95"], P95)
        goal("events/s to the counter's", ratios[name]["rate"], RATE, at_least=True)


if __name__ == "__main__":
    main()
