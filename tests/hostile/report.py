"""What a hostile run tried, by kind, and what it broke; the end of the test run prints it.

A run that tries less than it did once fails, so that no family of cases dries up unseen.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import zip_longest

IN_ALL = "in all"


@dataclass
class Report:
    """The cases of one run; a sound server leaves no breach.

    Attributes:
        family: What the cases have in common.
        where: The database that was attacked, or an empty string for a server with a planted hole.
        cases: How many were tried, by kind.
        breaches: What got through, one sentence each, each after its kind.
    """

    family: str
    where: str = ""
    cases: Counter[str] = field(default_factory=Counter)
    breaches: list[str] = field(default_factory=list)

    def check(self, kind: str, holds: bool, otherwise: str) -> None:
        """Count a case, and note the breach if it does not hold."""
        self.cases[kind] += 1
        if not holds:
            self.breaches.append(f"{kind}: {otherwise}")

    def note(self, kind: str, breach: str) -> None:
        """Note a breach that shows only after several cases."""
        self.breaches.append(f"{kind}: {breach}")

    def counts(self) -> Counter[str]:
        """Return the cases by kind and, where a kind ends with "by somebody", by caller too."""
        found = Counter({IN_ALL: self.cases.total()})
        for name, number in self.cases.items():
            kind, _by, who = name.partition(", by ")
            found[kind.partition(":")[0]] += number  # what comes after is a detail
            if who:
                found[f"by {who}"] += number
        return found

    def fewer_than(self, tried: dict[str, int]) -> list[str]:
        """Return of which kinds there was less than four fifths of what was tried once."""
        counts = self.counts()
        least = {kind: max(1, number * 4 // 5) for kind, number in tried.items()}
        return [
            f"{kind}: {counts[kind]}, at least {number}"
            for kind, number in least.items()
            if counts[kind] < number
        ]


def table(reports: Sequence[Report]) -> list[str]:
    """Return a table for each family, of two databases as "12/12", and a line for each hole."""
    lines: list[str] = []
    for family in dict.fromkeys(each.family for each in reports if each.where):
        same = [each for each in reports if each.where and each.family == family]
        lines.append(f"{family}: {'; '.join(f'{_in_all(each)} on {each.where}' for each in same)}")
        counts = [each.counts() for each in same]
        kinds = set[str]().union(*counts) - {IN_ALL}
        ordered = sorted(kinds, key=lambda kind: (kind.startswith("by "), kind))
        cells = [
            f"{'/'.join(f'{each[kind]:,}' for each in counts):>13}  {kind}" for kind in ordered
        ]
        height = (len(cells) + 1) // 2
        lines += [
            f"{left:<64}{right}".rstrip()
            for left, right in zip_longest(cells[:height], cells[height:], fillvalue="")
        ]
    holes = [each for each in reports if not each.where]
    return lines + [f"planted: {each.family}, {_in_all(each)}" for each in holes]


def _in_all(report: Report) -> str:
    return f"{report.cases.total():,} cases, {len(report.breaches)} breaches"
