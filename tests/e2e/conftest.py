"""The last words of a run: how fast Lighthouse found the pages, which no test holds."""

from collections import defaultdict
from statistics import median

import pytest

from tests.e2e.lighthouse import GOALS

Scores = dict[str, dict[str, int]]
SCORES = pytest.StashKey[Scores]()


@pytest.fixture
def scores(pytestconfig: pytest.Config) -> Scores:
    """Keep the performance of pages by form, for the end of the run: scores["phone"]["/home"]."""
    return pytestconfig.stash.setdefault(SCORES, defaultdict(dict))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print the scores of each form together, and the pages below its goal."""
    found = terminalreporter.config.stash.get(SCORES, {})
    if found:
        terminalreporter.section("Lighthouse, performance, one load a page")
    for form, pages in found.items():
        values = pages.values()
        terminalreporter.write_line(
            f"{form}: {len(pages)} pages, least {min(values)}, median {median(values):g}"
        )
        for page, score in sorted(pages.items(), key=lambda item: item[1]):
            if score < GOALS[form]:
                terminalreporter.write_line(f"  {score} {page} (goal {GOALS[form]})")
