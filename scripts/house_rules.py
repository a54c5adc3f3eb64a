"""House rules that no public linter knows; one parse of each file for all rules.

Run: python -m scripts.house_rules [folder]. Silence one line with `# house: <rule>` and say why
beside it. docs/develop/conventions.md holds the reason of each rule, scripts/house/ the rules.
"""

import sys
from collections.abc import Iterator
from pathlib import Path

from scripts.house import interface
from scripts.house.source import PACKAGE, RULES, Source

STYLESHEETS = Path("assets/css")


def findings(path: Path, text: str) -> Iterator[tuple[int, str, str]]:
    """Return line, rule and remedy of every broken rule that is not silenced on its line."""
    source, lines = Source(path, text), text.splitlines()
    for name, check in RULES.items():
        for line, message in check(source):
            if f"# house: {name}" not in lines[line - 1]:
                yield line, name, message


def broken_under(root: Path, stylesheets: Path = STYLESHEETS) -> list[str]:
    """Return every finding in the modules under a folder, and in the stylesheets."""
    python = [
        f"{path}:{line}: {name}: {message}"
        for path in sorted(root.rglob("*.py"))
        for line, name, message in findings(path, path.read_text(encoding="utf-8"))
    ]
    css = [
        f"{path}:{line}: colour: {message}"
        for path in sorted(stylesheets.glob("*.css"))
        for line, message in interface.colour_in_css(path.name, path.read_text(encoding="utf-8"))
    ]
    return python + css


def main() -> int:
    """Check every file under the folder; return 1 when a rule is broken."""
    broken = broken_under(Path(sys.argv[1] if len(sys.argv) > 1 else PACKAGE))
    sys.stdout.write("".join(f"{each}\n" for each in broken))
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
