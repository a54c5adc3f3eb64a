"""Every page with demo data: axe finds nothing, nothing overflows, and a picture is kept.

Pictures go to artefacts/ as NAME-desk.png (1440, light) and NAME-phone.png (390, dark).
"""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from freelance_app import routes
from tests.e2e import axe
from tests.e2e.demo import address, settle

VIEWS = {
    "desk": {"phone": False, "dark": False},
    "desk-dark": {"phone": False, "dark": True},
    "phone-light": {"phone": True, "dark": False},
    "phone": {"phone": True, "dark": True},
}
PICTURED = {"desk", "phone"}

GUEST = [
    routes.LANDING,
    routes.LOGIN,
    routes.SIGN_UP,
    routes.CHECK_MAIL,
    routes.VERIFY_EMAIL,
    routes.SETUP,
    routes.TERMS,
    routes.PRIVACY,
    "/no/such/page",
]
PAGES = {
    "": GUEST,
    "ingrid@example.org": [
        *(routes.HOME, routes.MY_JOBS, routes.JOB_NEW, routes.JOB, routes.JOB_EDIT),
        *(routes.JOB_PROPOSALS, routes.PROPOSAL, routes.OFFER_NEW, routes.OFFERS, routes.OFFER),
        *(routes.CONTRACTS, routes.CONTRACT, routes.CONTRACT_FUND, routes.BILLING),
        *(routes.DEPOSIT, routes.MESSAGES, routes.ROOM, routes.NOTIFICATIONS),
        *(routes.SETTINGS_PROFILE, routes.SETTINGS_SECURITY),
        *(routes.CONTRACT_MESSAGES, routes.CONTRACT_FILES, routes.CONTRACT_MONEY),
        *(routes.CONTRACT_TERMS, routes.MILESTONE),
    ],
    "achieng@example.org": [
        *(routes.HOME, routes.JOBS, routes.JOB, routes.JOB_APPLY, routes.PROPOSALS),
        *(routes.PROPOSAL, routes.OFFERS, routes.CONTRACTS, routes.CONTRACT, routes.EARNINGS),
        *(routes.MESSAGES, routes.NOTIFICATIONS),
    ],
    "grace@example.org": [
        *(routes.HOME, routes.ADMIN_FINANCE, routes.ADMIN_OUTBOX, routes.ADMIN_SETTINGS),
    ],
}


def look(page: Page) -> None:
    """Fail on any violation and on a page that is wider than its window."""
    axe.check(page)
    wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    assert wide <= 0, f"{page.url} is {wide} px too wide"


def look_at_dialogs(page: Page) -> None:
    """Open every dialog and sheet of the page in turn, as its button would, and look."""
    for name in page.locator("dialog[id]:not([open])").evaluate_all("all => all.map(e => e.id)"):
        page.evaluate("id => kit.open(id)", name)
        try:
            axe.check(page)
        except AssertionError as fault:
            raise AssertionError(f"dialog {name}: {fault}") from None
        page.evaluate("id => kit.close(id)", name)


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("email", PAGES, ids=lambda email: email.split("@")[0] or "guest")
def test_every_page_is_accessible(email, view, server, visit, person, shot: Callable):
    page = person(email, **VIEWS[view]) if email else visit(server, **VIEWS[view], expected=["404"])
    faults = []
    for pattern in PAGES[email]:
        page.goto(address(server, email, pattern))
        settle(page)
        try:
            look(page)
            if view in PICTURED:
                look_at_dialogs(page)
        except AssertionError as fault:
            faults.append(str(fault))
        name = pattern.strip("/").replace("/", "_").replace("[", "").replace("]", "") or "landing"
        if view in PICTURED:
            page.keyboard.press("Escape")
            shot(page, f"{email.split('@')[0] or 'guest'}-{name}-{view}")
    assert faults == []
