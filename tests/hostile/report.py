"""What a hostile run tried, by kind, and what it broke."""

import sys
from collections import Counter
from dataclasses import dataclass, field


@dataclass
class Report:
    """The cases of one run; a sound server leaves no breach.

    Attributes:
        cases: How many were tried, by kind.
        breaches: What got through, one sentence each.
    """

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

    def say(self, title: str) -> None:
        """Print the cases by kind."""
        lines = [f"  {count:6}  {kind}" for kind, count in sorted(self.cases.items())]
        total = f"  {self.cases.total():6}  in all, {len(self.breaches)} breaches"
        sys.stdout.write("\n".join([f"\n{title}", *lines, total, ""]))
