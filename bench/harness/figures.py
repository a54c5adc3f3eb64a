"""Figures: percentiles, ratios of pairs, and lines to print."""

import argparse
import sys
from collections.abc import Sequence


def percentile(values: Sequence[float], percent: float) -> float:
    """Return the value that so many percent do not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * percent / 100))]


def calm(values: Sequence[float]) -> float:
    """Return the lower quartile of what several rounds showed: what others do only adds."""
    return percentile(values, 25)


def say(line: str = "") -> None:
    """Print a line at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def goal(name: str, value: float, limit: float, *, at_least: bool = False) -> None:
    """Print a figure beside its goal."""
    is_met = value >= limit if at_least else value <= limit
    sign = ">=" if at_least else "<="
    say(f"  {'met   ' if is_met else 'MISSED'} {name}: {value:.2f} (goal {sign} {limit:g})")


def options(purpose: str | None, *more: str) -> argparse.Namespace:
    """Read the command line: --short, and the flags that a benchmark has besides."""
    parser = argparse.ArgumentParser(description=purpose)
    parser.add_argument("--short", action="store_true", help="a glance: fewer tabs, less time")
    for name in more:
        parser.add_argument(f"--{name}", action="store_true")
    return parser.parse_args()
