"""Lists and the contract page with 100, 10,000 and 100,000 jobs and contracts.

A page is opened as by a link, by one tab that opens it again as soon as it is there: guard,
handler, services, views and the frames to the browser. The three sizes are served side by side and
measured in turn, many short rounds each, and the calmest quarter counts. The rows are written in
bulk (bench/harness/bulk.py), a tenth of them one company's; afterwards the books must be sound.

- page 200 of a list beside its page 1, in the largest database that has so many;
- every page with 100,000 beside the same page with 100.

    python -m bench.pages [--short]
"""

from contextlib import ExitStack
from dataclasses import dataclass
from typing import Any

from bench.harness import acts, servers
from bench.harness.crowd import Crowd
from bench.harness.figures import calm, goal, options, percentile, say
from bench.harness.servers import Server
from bench.harness.tabs import Act, Seat
from scripts.serving import command

SECONDS = 1.0
FAR, LARGE = 1.1, 1.5


@dataclass
class Size:
    """A server with so many jobs and contracts, and the times of its pages."""

    count: int
    server: Server
    places: dict[str, Any]
    times: dict[str, list[float]]
    cpu: dict[str, list[float]]

    def seats(self) -> dict[str, Seat]:
        """Return a tab for each page."""
        places, client = self.places, self.places["client"]
        pages: dict[str, tuple[Act, str]] = {
            "contract": (acts.open_contract(places["contract"]), client),
            "home": (acts.OPEN_HOME, client),
            "contracts": (acts.open_list("/contracts"), client),
            "my jobs": (acts.open_list("/my-jobs"), client),
            "jobs": (acts.open_list("/jobs"), places["freelancer"]),
        }
        if places["contracts"]:
            far = acts.open_list("/contracts", places["contracts"])
            pages["contracts, page 200"] = far, client
        if places["jobs"]:
            far = acts.open_list("/jobs", places["jobs"])
            pages["jobs, page 200"] = far, places["freelancer"]
        return {name: Seat(act, cookie) for name, (act, cookie) in pages.items()}

    def measure(self, crowd: Crowd, page: str) -> None:
        """Open a page again and again for a while."""
        before = self.server.cpu_seconds()
        burst = crowd.run(f"{self.count} {page}", seconds=SECONDS)
        if burst.faults:
            raise SystemExit(f"{page} with {self.count}: {burst.faults} were not answered")
        self.times.setdefault(page, []).append(percentile(burst.latencies, 50) * 1000)
        spent = (self.server.cpu_seconds() - before) * 1000 / len(burst.latencies)
        self.cpu.setdefault(page, []).append(spent)


def report(sizes: list[Size]) -> None:
    """Print every page of every size, and the goals."""
    for page in sizes[-1].seats():
        shown = "  ".join(
            f"{size.count}: {calm(size.times[page]):.1f} ms, {calm(size.cpu[page]):.1f} CPU"
            for size in sizes
            if page in size.times
        )
        say(f"{page:20} {shown}")
    last = {page: calm(times) for page, times in sizes[-1].times.items()}
    first = {page: calm(times) for page, times in sizes[0].times.items()}
    for name in ("contracts", "jobs"):
        if f"{name}, page 200" in last:
            goal(f"{name}: page 200 to page 1", last[f"{name}, page 200"] / last[name], FAR)
    for name in first:
        goal(f"{name}: with {sizes[-1].count} to {sizes[0].count}", last[name] / first[name], LARGE)


def filled(stack: ExitStack, count: int) -> Size:
    """Serve so many jobs and contracts, until the stack is closed."""
    server = stack.enter_context(servers.harbour(WORKER_IN_SERVER="false"))
    return Size(count, server, server.ask("bench.harness.bulk", str(count)), {}, {})


def measure(crowd: Crowd, sizes: list[Size], *, rounds: int) -> None:
    """Open every page of every size in turn."""
    for size in sizes:
        for page, seat in size.seats().items():
            crowd.open(f"{size.count} {page}", size.server.url, [seat])
    for _ in range(rounds):
        for page in sizes[-1].seats():
            for size in sizes:
                if page in size.seats():
                    size.measure(crowd, page)


def verify(sizes: list[Size]) -> None:
    """Print whether the books of each are sound."""
    for size in sizes:
        said = command(size.server.environment, "freelance_app", "verify-ledger")
        say(f"{size.count}: {said.splitlines()[0]}")


def main() -> None:
    """Fill, serve and measure each size."""
    asked = options(__doc__)
    counts, rounds = ((100, 2_000), 4) if asked.short else ((100, 10_000, 100_000), 12)
    with ExitStack() as stack:
        sizes = [filled(stack, count) for count in counts]
        measure(stack.enter_context(Crowd()), sizes, rounds=rounds)
        report(sizes)
        verify(sizes)


if __name__ == "__main__":
    main()
