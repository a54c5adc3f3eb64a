"""What the first load of each page weighs, and Lighthouse's scores on a phone and on a desk.

The files are those that Chromium asks for with nothing kept from before, their bytes those of the
build in gzip, one line a page, with their ratio to the budget (tests/e2e/test_weight.py holds it).
The scores scatter by five points from run to run and fall on a busy machine: here they are printed,
and tests/e2e/test_lighthouse.py holds accessibility and best practices of every page. Signed-in
pages get the cookie of somebody of the demo.

    python -m bench.weight [--short] [--all]      (--all: scores of every page, half an hour)
"""

import tempfile
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, sync_playwright

from bench.harness.figures import options, say
from freelance_app import routes
from freelance_app.demo.cast import PASSWORD
from tests.e2e import browser, server
from tests.e2e.lighthouse import FORMS, judge
from tests.e2e.server import Server
from tests.e2e.test_every_page import EXISTING, PAGES, address
from tests.e2e.test_weight import MOST_KIB, MOST_REQUESTS
from tests.e2e.weight import Scales

JUDGED = (
    ("", routes.LANDING),
    ("", routes.LOGIN),
    ("ingrid@example.org", routes.HOME),
    ("achieng@example.org", routes.JOBS),
    ("ingrid@example.org", routes.CONTRACT),
)


def sign_in(page: Page, running: Server, email: str) -> None:
    """Sign somebody of the demo in."""
    page.goto(f"{running.url}{routes.LOGIN}")
    page.fill("[name=email]", email)
    page.fill("[name=password]", PASSWORD)
    page.locator("main form button[type=submit]:enabled").click()
    page.wait_for_url(lambda url: routes.LOGIN not in url)


def weigh_all(chromium: Any, running: Server) -> dict[str, str]:
    """Print the weight of every page, and return the cookie of each person."""
    budget = ", ".join(f"{most} KiB {kind}" for kind, most in MOST_KIB.items())
    say(f"budget: {budget}, {MOST_REQUESTS} requests")
    cookies = {"": ""}
    for email, patterns in PAGES.items():
        context = chromium.new_context(base_url=running.url)
        page = context.new_page()
        if email:
            sign_in(page, running, email)
            cookies[email] = next(c["value"] for c in context.cookies() if c["name"] == "sid")
        scales = Scales(page)
        for pattern in patterns:
            load = scales.weigh(f"{running.url}{address(running, email, pattern)}")
            weights = "  ".join(
                f"{load.kib(kind):6.1f} {kind} ({load.kib(kind) / most:.2f})"
                for kind, most in MOST_KIB.items()
            )
            say(f"  {email.split('@')[0] or 'guest':8} {pattern:44} {weights}  {len(load.paths):3}")
        context.close()
    return cookies


def main() -> None:
    """Weigh every page; judge some of them, fewer for --short, all for --all."""
    asked = options(__doc__, "all")
    server.build()
    with tempfile.TemporaryDirectory(prefix="harbour-bench-") as folder:
        running = server.start(Path(folder), demo=True)
        try:
            with sync_playwright() as playwright:
                chromium = playwright.chromium.launch(
                    executable_path=browser.find(), args=browser.arguments()
                )
                cookies = weigh_all(chromium, running)
                chromium.close()
            judged = EXISTING if asked.all else JUDGED[: 2 if asked.short else None]
            for email, pattern in judged:
                path = address(running, email, pattern)
                for form in FORMS:
                    found = judge(running, path, cookie=cookies[email], form=form)
                    say(f"  {pattern} on a {form}: {found}")
        finally:
            running.stop()


if __name__ == "__main__":
    main()
