"""Every form with its refusals open: words beside the field, wired to it, and axe finds nothing.

tests/e2e/test_every_page.py meets every form of the demo and fails on one that is not named here.
"""

import re
from dataclasses import dataclass

import pytest
from playwright.sync_api import Locator, Page, expect

from freelance_app import routes
from tests.e2e import axe
from tests.e2e.demo import address, rows, settle
from tests.e2e.fixtures import PHONE
from tests.e2e.server import Server

# A form's name: the route it is for, else its button without the amount; then its fields.
NAMES = """() => [...document.querySelectorAll("form")].map((form) => {
  const named = [...form.elements].filter((each) => each.name && each.type !== "hidden");
  const button = [...form.elements].find((each) => each.type === "submit")?.textContent ?? "";
  const words = button.replace(/[^A-Za-z]*[0-9][0-9.,]*/, "").trim();
  const fields = new Set(named.map((each) => each.name));
  return [form.getAttribute("action") || words, ...fields].join(" ");
})"""
# The hidden field that says which row a dialog is about.
OF_A_ROW = "input[name=deposit], input[name=payout], input[name=key]"
# Forms in which nothing can be wrong: buttons, choices of a list, and words to search for.
WITHOUT_FAULT = {
    routes.SIGN_OUT,
    routes.SWITCH_PARTY,
    routes.SET_LANGUAGE,
    f"{routes.SET_LANGUAGE} language",
    routes.ADD_PARTY,  # "Become a freelancer too"
    f"{routes.RESEND} email",  # says the same for every address
    "Search words",
    " rail-skill rail-time rail-category",
}


@dataclass(frozen=True)
class Form:
    """A form and how it is refused.

    Attributes:
        name: as the page gives it (NAMES).
        who: the person of the demo; empty for a guest.
        page: the pattern of its page.
        faults: the fields that are refused when everything is empty; none where one sentence
            above the form says it.
        opens: the buttons that lead to it.
        where: the query for the ids of its page, where the demo's first one will not do.
    """

    name: str
    who: str
    page: str
    faults: set[str]
    opens: tuple[str, ...] = ()
    where: str = ""


def _job(title: str) -> str:
    return f"SELECT public_id FROM job_post WHERE title LIKE '{title}%'"


JOB_FIELDS = "title description skills category engagement hours budget currency"
INSTANCE = "instance_name time_zone currency sign_up payout_wait_days"
BANK = "bank_holder bank_account bank_code bank_name"
OFFER = "title scope milestone-1 amount-1 due-1 starts_on ends_on hours_a_week rate"
SUBMITTED = (
    "SELECT contract_id, public_id FROM (SELECT contract.public_id AS contract_id, "
    "milestone.public_id FROM milestone JOIN contract ON contract.id = contract_id "
    "WHERE contract.title LIKE 'Offline-first field%' AND milestone.status = '{}')"
)
OPEN_PROPOSAL = (
    "SELECT proposal.public_id FROM proposal JOIN job_post ON job_post.id = job_id "
    "WHERE title LIKE 'Handbook%'"
)
OPEN_OFFER = "SELECT public_id FROM offer WHERE title LIKE 'Firmware%'"

FORMS = [
    Form(f"{routes.SIGN_IN} email password", "", routes.LOGIN, set()),
    Form(
        f"{routes.REGISTER} role name company email password consent",
        "",
        routes.SIGN_UP,
        {"name", "company", "email", "password", "consent"},
    ),
    Form(
        f"Publish {JOB_FIELDS}",
        "ingrid",
        routes.JOB_NEW,
        {"title", "description", "skills", "hours", "budget"},
    ),
    Form(
        f"Save changes {JOB_FIELDS}",
        "ingrid",
        routes.JOB_EDIT,
        {"title", "description", "skills", "hours", "budget"},
    ),
    Form(
        "Close job reason",
        "ingrid",
        routes.JOB,
        {"reason"},
        opens=("More about this job", "Close job"),
        where=_job("Firmware"),
    ),
    Form("Send proposal letter bid days", "achieng", routes.JOB_APPLY, {"letter", "bid", "days"}),
    Form("Send body", "ingrid", routes.ROOM, {"body"}),
    Form(
        "Decline the proposal reason",
        "ingrid",
        routes.PROPOSAL,
        {"reason"},
        opens=("Decline",),
        where=OPEN_PROPOSAL,
    ),
    Form(
        f"Send offer of {OFFER}",
        "ingrid",
        routes.OFFER_NEW,
        {
            *("title", "scope", "milestone-1", "amount-1", "due-1"),
            *("starts_on", "ends_on", "hours_a_week"),
        },
    ),
    Form(
        "Decline the offer reason",
        "samuel",
        routes.OFFER,
        {"reason"},
        opens=("Decline",),
        where=OPEN_OFFER,
    ),
    Form(
        "Submit for note",
        "achieng",
        routes.MILESTONE,
        {"note"},
        where=SUBMITTED.format("funded"),
    ),
    Form(
        "Request changes words",
        "ingrid",
        routes.MILESTONE,
        {"words"},
        opens=("Request changes",),
        where=SUBMITTED.format("submitted"),
    ),
    Form(
        "Release amount",
        "ingrid",
        routes.MILESTONE,
        {"amount"},
        opens=("More: release a part", "Release a part"),
        where=SUBMITTED.format("submitted"),
    ),
    Form("Get the bank details amount currency", "ingrid", routes.BILLING, {"amount"}),
    Form("Ask for a payout amount currency method", "achieng", routes.EARNINGS, {"amount"}),
    Form(
        "Add account holder account bank_code bank_name country",
        "achieng",
        routes.EARNINGS,
        {"holder", "account"},
        opens=("Add a bank account",),
    ),
    Form("Find reference", "grace", routes.ADMIN_FINANCE, {"reference"}),
    Form(
        "Confirm receipt received",
        "grace",
        routes.ADMIN_FINANCE,
        {"received"},
        opens=("Received",),
    ),
    Form(
        "Give it back failed_reason",
        "grace",
        routes.ADMIN_FINANCE,
        {"failed_reason"},
        opens=("Failed",),
    ),
    Form(
        "Note the return returned_reason",
        "grace",
        routes.ADMIN_FINANCE,
        {"returned_reason"},
        opens=("Came back",),
    ),
    Form(
        f"Save {INSTANCE} {BANK}",
        "grace",
        routes.ADMIN_SETTINGS,
        {"instance_name", "payout_wait_days"},
    ),
    Form("Save name zone", "ingrid", routes.SETTINGS_PROFILE, {"name"}),
    Form(f"{routes.ADD_PARTY} company", "ingrid", routes.SETTINGS_PROFILE, {"company"}),
]
SET_UP = Form(
    f"{routes.FIRST_START} name email password {INSTANCE} {BANK}",
    "",
    routes.SETUP,
    {"name", "email", "password", "instance_name", "payout_wait_days"},
)
KNOWN = {SET_UP.name} | {form.name for form in FORMS} | WITHOUT_FAULT


def unknown_forms(page: Page) -> set[str]:
    """Return the forms of a page that nobody has refused yet."""
    return set(page.evaluate(NAMES)) - KNOWN


def find(page: Page, form: Form) -> Locator:
    """Return the form, once its page and its dialog are open."""
    settle(page)
    for name in form.opens:
        pressed = page.get_by_role("button", name=name, exact=True).or_(
            page.get_by_role("menuitem", name=name, exact=True)
        )
        pressed.locator("visible=true").first.click()
    assert form.name in page.evaluate(NAMES)
    found = page.locator("form").nth(page.evaluate(NAMES).index(form.name))
    for row in found.locator(OF_A_ROW).all():
        expect(row).not_to_have_value("")  # what is typed before that would be thrown away
    return found


def send_empty(page: Page, found: Locator) -> None:
    """Empty every field and press the button."""
    controls = "input:not([type=hidden], [type=radio], [type=checkbox], [type=file]), textarea"
    for control in found.locator(controls).all():
        if control.is_visible():
            control.fill("")
    inside = found.locator("button[type=submit]")
    form_id = found.get_attribute("id")
    button = page.locator(f"button[form={form_id}]").or_(inside) if form_id else inside
    button.locator("visible=true").first.click()


def expect_refusals(page: Page, found: Locator, form: Form) -> None:
    """Each fault stands in words under its field, and the field names them."""
    if not form.faults:
        expect(found.get_by_role("alert")).not_to_be_empty()
    for name in form.faults:
        control = found.locator(f"[name={name}]").first
        expect(control).to_have_attribute("aria-invalid", "true")
        ids = (control.get_attribute("aria-describedby") or "").split()
        words = [page.locator(f"[id='{each}']") for each in ids]
        assert any(each.is_visible() and each.inner_text().strip() for each in words), name
    wrong = found.locator("[aria-invalid=true]").evaluate_all("all => all.map(e => e.name)")
    assert set(wrong) == form.faults


@pytest.fixture
def open_page(server, crowd):
    """Open the page of a form, as its person, in a tab that is closed afterwards."""
    opened: list[Page] = []

    def go(form: Form) -> Page:
        page = crowd(form.who).new_page()
        opened.append(page)
        page.goto(where(server, form))
        return page

    yield go
    for page in opened:
        page.close()


def where(server: Server, form: Form) -> str:
    """Return the address of a form's page."""
    if not form.where:
        return address(server, f"{form.who}@example.org", form.page)
    ids = iter(rows(server, form.where)[0])
    return re.sub(r"\[\w+\]", lambda _: next(ids), form.page)


def refuse(page: Page, form: Form) -> None:
    """Have it refused, and look at it on a light desk and on a dark phone."""
    found = find(page, form)
    send_empty(page, found)
    expect_refusals(page, found, form)
    axe.check(page)
    page.set_viewport_size(PHONE)
    page.emulate_media(color_scheme="dark")
    expect(page.locator("html")).to_have_class(re.compile("dark"))
    axe.check(page)


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.name)
def test_a_refused_form_is_accessible(open_page, form):
    refuse(open_page(form), form)


def test_the_refused_set_up_is_accessible(empty_server, visit):
    page = visit(empty_server, expected=["422"])
    page.goto(empty_server.first_start_link())
    refuse(page, SET_UP)
