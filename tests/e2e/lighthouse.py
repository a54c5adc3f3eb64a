"""Lighthouse's scores of a page, as somebody who is signed in sees it."""

import json
import subprocess
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlsplit

from scripts.serving import ROOT
from tests.e2e import browser
from tests.e2e.server import Server

PROGRAM = ROOT / "tests" / "e2e" / "node_modules" / "lighthouse" / "cli" / "index.js"
PERFORMANCE, ACCESSIBILITY, BEST_PRACTICES = "performance", "accessibility", "best-practices"
CATEGORIES = (PERFORMANCE, ACCESSIBILITY, BEST_PRACTICES)
# On a busy machine it sometimes misses the beginning of its own trace, and says this.
TRIES, AGAIN = 3, "Please run Lighthouse again"
# Lighthouse's own words for a phone on a slow link, and for a desk.
FORMS = {"phone": [], "desk": ["--preset=desktop"]}
GOALS = {"phone": 95, "desk": 98}


@dataclass(frozen=True)
class Judgement:
    """What Lighthouse says of one load.

    Attributes:
        scores: of each category, 0 to 100.
        faults: the audits of accessibility and best practices that failed, in its words.
        blocked: how long the main thread was, in its words.
    """

    scores: dict[str, int]
    faults: list[str]
    blocked: str

    def __str__(self) -> str:
        """Return one line for the figures."""
        scores = ", ".join(f"{name} {score}" for name, score in self.scores.items())
        return f"{scores}; blocked {self.blocked}"


def judge(running: Server, path: str, *, cookie: str, form: str) -> Judgement:
    """Load a page of a server as the person of a session's cookie; "" for a guest.

    Raises:
        AssertionError: Lighthouse could not load it, or was led to another page.
    """
    with TemporaryDirectory() as folder:
        report, headers = Path(folder) / "report.json", Path(folder) / "headers.json"
        headers.write_text(json.dumps({"Cookie": f"sid={cookie}"} if cookie else {}))
        flags = " ".join(["--headless=new", *browser.arguments()])
        words = [f"{running.url}{path}", "--quiet", "--output=json", f"--output-path={report}"]
        words += [f"--chrome-flags={flags}", f"--extra-headers={headers}", *FORMS[form]]
        words += [f"--only-categories={','.join(CATEGORIES)}"]
        for _try in range(TRIES):
            done = subprocess.run(
                ["node", str(PROGRAM), *words],
                env=running.environment | {"CHROME_PATH": browser.find() or ""},
                capture_output=True,
                text=True,
                check=False,
            )
            if AGAIN not in done.stderr:
                break
        assert done.returncode == 0, f"{path}: {done.stderr.strip()[-300:]}"
        found = json.loads(report.read_text(encoding="utf-8"))
    return _read(found, path)


def _read(report: dict, path: str) -> Judgement:
    categories, audits = report["categories"], report["audits"]
    assert "runtimeError" not in report, report["runtimeError"]
    seen = urlsplit(report["finalDisplayedUrl"]).path
    assert seen == urlsplit(path).path, f"{seen} was judged, not {path}"
    weighed = [
        each["id"]
        for name in (ACCESSIBILITY, BEST_PRACTICES)
        for each in categories[name]["auditRefs"]
        if each["weight"]
    ]
    return Judgement(
        {name: round((categories[name]["score"] or 0) * 100) for name in CATEGORIES},
        [audits[name]["title"] for name in weighed if audits[name]["score"] not in (None, 1)],
        audits["total-blocking-time"]["displayValue"],
    )
