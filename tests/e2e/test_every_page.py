"""Every page with demo data: axe finds nothing, nothing overflows, each form is known.

A picture of each is kept in artefacts/pictures/ as NAME-desk.png (1440, light) and NAME-phone.png
(390, dark).
"""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from freelance_app import routes
from tests.e2e import axe
from tests.e2e.demo import NOBODYS, address, page_routes, settle, visit_anew
from tests.e2e.fixtures import DESK, PHONE, Crowd
from tests.e2e.test_field_errors import unknown_forms

# One load of a page is looked at in each view: (window, colours, whether a picture is kept).
VIEWS = {
    "desk": (DESK, "light", True),
    "desk-dark": (DESK, "dark", False),
    "phone-light": (PHONE, "light", False),
    "phone": (PHONE, "dark", True),
}

NOWHERE, NOT_YOURS = "/no/such/page", f"{routes.CONTRACTS}/{NOBODYS}"
GUEST = [
    routes.LANDING,
    routes.LOGIN,
    routes.SIGN_UP,
    routes.CHECK_MAIL,
    routes.VERIFY_EMAIL,
    routes.SETUP,
    routes.TERMS,
    routes.PRIVACY,
    NOWHERE,
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
        *(routes.MESSAGES, routes.NOTIFICATIONS, routes.MILESTONE, routes.SETTINGS_PROFILE),
        routes.CONTRACT_FUND,  # it is for the client
    ],
    "samuel@example.org": [routes.OFFER, NOT_YOURS],
    "marte@example.org": [routes.HOME, routes.ADMIN_SETTINGS],
    "grace@example.org": [
        *(routes.HOME, routes.ADMIN_FINANCE, routes.ADMIN_OUTBOX, routes.ADMIN_SETTINGS),
    ],
}
# What Lighthouse can judge: no page that answers with 404.
EXISTING = [
    (email, pattern)
    for email, patterns in PAGES.items()
    for pattern in patterns
    if pattern not in (NOWHERE, NOT_YOURS)
]


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


def picture_of(email: str, pattern: str) -> str:
    """Return the name of a page's picture, without its view."""
    page = pattern.strip("/").replace("/", "_").replace("[", "").replace("]", "") or "landing"
    return f"{email.split('@')[0] or 'guest'}-{page}"


@pytest.fixture(scope="module")
def tabs() -> dict[str, Page]:
    """Keep one tab for each person."""
    return {}


@pytest.fixture
def tab_of(crowd: Crowd, tabs: dict[str, Page]) -> Callable[[str], Page]:
    """Return somebody's tab."""

    def find(email: str) -> Page:
        if email not in tabs:
            tabs[email] = crowd(email.split("@")[0]).new_page()
        return tabs[email]

    return find


@pytest.mark.parametrize(
    ("email", "pattern"),
    [(email, pattern) for email, patterns in PAGES.items() for pattern in patterns],
    ids=lambda value: value.split("@")[0] or "guest",
)
def test_page_is_accessible(email, pattern, server, tab_of, shot: Callable[[Page, str], None]):
    page = tab_of(email)
    visit_anew(page, address(server, email, pattern))
    settle(page)
    faults = []
    for view, (window, colours, is_kept) in VIEWS.items():
        page.set_viewport_size(window)
        page.emulate_media(color_scheme=colours)
        expect(page.locator("html")).to_contain_class(colours)
        try:
            look(page)
            if is_kept:
                look_at_dialogs(page)
        except AssertionError as fault:
            faults.append(f"{view}: {fault}")
        if is_kept:
            shot(page, f"{picture_of(email, pattern)}-{view}")
    assert faults == []
    assert page.locator("[aria-label][aria-labelledby]").count() == 0, "a name of another element"
    assert unknown_forms(page) == set()


def test_every_page_is_here():
    here = {pattern for patterns in PAGES.values() for pattern in patterns}
    assert page_routes() - here == {routes.KIT, routes.NOT_FOUND}
    assert NOWHERE in here  # the page of the name that Reflex has for it
