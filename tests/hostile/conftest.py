"""One server under attack for most tests, its sockets without a limit; the last words of a run."""

from collections.abc import Callable, Iterator

import pytest

from tests.hostile.report import Report, table
from tests.hostile.target import Target, aimed

REPORTS = pytest.StashKey[list[Report]]()


@pytest.fixture(scope="module")
def target(built, tmp_path_factory) -> Iterator[Target]:
    """Serve the tests' own data, from the production build."""
    with aimed(tmp_path_factory.mktemp("hostile")) as running:
        yield running


@pytest.fixture
def begun(pytestconfig: pytest.Config) -> Callable[..., Report]:
    """Begin a report that the end of the run prints, even if the attack breaks off."""
    reports = pytestconfig.stash.setdefault(REPORTS, [])

    def begin(family: str, where: str = "") -> Report:
        reports.append(Report(family, where))
        return reports[-1]

    return begin


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print the cases by kind, however the run was asked for."""
    if reports := terminalreporter.config.stash.get(REPORTS, []):
        terminalreporter.section("cases of the hostile client, by kind")
        for line in table(reports):
            terminalreporter.write_line(line)
