"""The main job in three browsers, from the first-start link to the payout, by clicking only.

No address is typed after each person's first; a mail's link is read in the administrator's outbox
and opened in its person's browser. The clock is the real one. Each step prints its clicks, and the
steps for which the design gives a number fail above it.
"""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.clicks import Clicks
from tests.e2e.server import Server

PASSWORD = "correct horse battery"
JOB = "Offline-first field app for solar technicians"
BRIEF = (
    "Forty technicians mount solar panels where there is no signal. They need an app that works "
    "without it: checklists, photos, signatures, and a sync that resumes."
)
LETTER = (
    "I build offline-first apps in Nairobi and have shipped two that technicians use without a "
    "signal. I would start with the sync and show it in the first week."
)


def press(page: Page, name: str, *, exact: bool = False) -> None:
    """Press the first button of that name that can be seen."""
    page.get_by_role("button", name=name, exact=exact).locator("visible=true").first.click()


def follow(page: Page, name: str, *, exact: bool = False) -> None:
    """Follow the first link of that name that can be seen."""
    page.get_by_role("link", name=name, exact=exact).locator("visible=true").first.click()


def go_home(page: Page) -> None:
    """Go home by the side bar."""
    page.locator("nav.side").get_by_role("link", name="Home").click()
    page.wait_for_url("**/home")


def sign_up(page: Page, url: str, *, role: str, name: str, company: str = "") -> None:
    """Fill the sign-up form in."""
    page.goto(url)
    follow(page, "Create an account")
    page.get_by_label(role).check()
    page.get_by_label("Your name").fill(name)
    if company:
        page.get_by_label("Company").fill(company)
    page.get_by_label("E-mail").fill(f"{name.split()[0].lower()}@example.org")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_label("I accept").check()
    press(page, "Create an account")
    page.wait_for_url("**/check-mail")


def confirm(page: Page, admin: Page, email: str) -> None:
    """Open the link of the mail to a person, as the administrator's outbox shows it."""
    admin.locator("nav.side").get_by_role("link", name="Outbox").click()
    row = admin.get_by_role("row").filter(has_text=email).first
    row.get_by_role("link").or_(row.get_by_role("button")).first.click()
    link = admin.get_by_role("link", name=re.compile("verify-email")).first
    address = link.get_attribute("href")
    assert address
    admin.get_by_role("dialog").get_by_role("button", name="Close").click()
    page.goto(address)
    page.get_by_label("Password").fill(PASSWORD)
    press(page, "Confirm and sign in")
    page.wait_for_url("**/home")


def set_up(admin: Page, link: str) -> None:
    """Set the instance up; payouts wait no day here."""
    admin.goto(link)
    admin.get_by_label("Your name").fill("Amina Njoroge")
    admin.get_by_label("E-mail").fill("amina@example.org")
    admin.get_by_label("Password").fill(PASSWORD)
    admin.get_by_label("Name of the market").fill("Mwamba Works")
    admin.get_by_label("Account holder").fill("Mwamba Works Ltd")
    admin.get_by_label(re.compile("IBAN|Account number")).first.fill("DE89370400440532013000")
    admin.get_by_label(re.compile("[Dd]ays")).first.fill("0")
    admin.get_by_label("Everybody").check()
    press(admin, "Set up and sign in")
    admin.wait_for_url("**/home")


class People:
    """Three browsers and the presses in each."""

    def __init__(self, server: Server, visit: Callable[..., Page]) -> None:
        self.server = server
        self.admin = visit(server)
        self.client = visit(server, timezone_id="Europe/Oslo")
        self.freelancer = visit(server, timezone_id="Africa/Nairobi")
        self.pages = (self.admin, self.client, self.freelancer)
        self.admins, self.clients, self.freelancers = (Clicks(page.context) for page in self.pages)


def everybody_joins(us: People) -> None:
    with us.admins.step("the administrator sets the instance up"):
        set_up(us.admin, us.server.first_start_link())
    with us.clients.step("the client signs up"):
        role, company = "hire, as a client", "Fjordlys Energi"
        sign_up(us.client, us.server.url, role=role, name="Ingrid Solberg", company=company)
        confirm(us.client, us.admin, "ingrid@example.org")
    with us.freelancers.step("the freelancer signs up"):
        role = "work, as a freelancer"
        sign_up(us.freelancer, us.server.url, role=role, name="Achieng Odhiambo")
        confirm(us.freelancer, us.admin, "achieng@example.org")


def a_job_is_posted(us: People) -> None:
    client = us.client
    with us.clients.step("the client posts and publishes a job (2 of the 6 to hire)", at_most=2):
        follow(client, "Post a job")
        client.get_by_label("Title").fill(JOB)
        client.get_by_label("Description").fill(BRIEF)
        client.get_by_label("Skills").fill("React Native, Offline-first, TypeScript")
        client.get_by_label("Hours a week").fill("30")
        client.get_by_label("Budget").fill("10,000.00")
        press(client, "Publish")
        expect(client.get_by_role("heading", name=JOB)).to_be_visible()


def a_proposal_is_sent_and_read(us: People) -> None:
    freelancer, client = us.freelancer, us.client
    with us.freelancers.step("the freelancer proposes", at_most=4):
        follow(freelancer, "Jobs")
        follow(freelancer, JOB)
        follow(freelancer, "Write a proposal")
        freelancer.get_by_label("Cover letter").fill(LETTER)
        freelancer.get_by_label(re.compile("Bid")).fill("9,600.00")
        freelancer.get_by_label(re.compile("days", re.IGNORECASE)).fill("60")
        press(freelancer, "Send proposal")
        expect(freelancer.get_by_text("I build offline-first apps").first).to_be_visible()
    go_home(client)
    with us.clients.step("the client opens the proposal (2 of the 6 to hire)", at_most=2):
        follow(client, "Read")
        follow(client, "Achieng Odhiambo")
        expect(client.get_by_text("I build offline-first apps").first).to_be_visible()


def they_talk(us: People) -> None:
    with us.clients.step("the client asks, and the freelancer's open page shows it"):
        us.client.get_by_label("Message to").fill("How big is the log on an old phone?")
        press(us.client, "Send", exact=True)
        expect(us.freelancer.get_by_text("How big is the log on an old phone?")).to_be_visible()
    with us.freelancers.step("the freelancer answers"):
        us.freelancer.get_by_label("Message to").fill("Thirty days fit into 8 MB.")
        press(us.freelancer, "Send", exact=True)
        expect(us.client.get_by_text("Thirty days fit into 8 MB.")).to_be_visible()


def an_offer_is_accepted(us: People) -> None:
    client, freelancer = us.client, us.freelancer
    with us.clients.step("the client sends an offer (2 of the 6 to hire)", at_most=2):
        follow(client, "Make an offer")
        expect(client.get_by_label("Title").first).to_have_value(JOB)
        press(client, "Send offer of €9,600.00")
        client.wait_for_url("**/offers/*")
    go_home(freelancer)
    with us.freelancers.step("the freelancer accepts", at_most=2):
        follow(freelancer, "Answer")
        press(freelancer, "Accept and sign")
        freelancer.wait_for_url("**/contracts/*")


def the_milestone_is_funded(us: People) -> None:
    client, admin = us.client, us.admin
    go_home(client)
    with us.clients.step("the client funds from home", at_most=2):
        follow(client, "Fund milestone 1")
        press(client, "Send €9,600.00 to fund")
        client.wait_for_url("**/billing/deposits/*")
    told = client.get_by_text(re.compile(r"^DEP-\w{6}$")).first
    expect(told).to_be_visible()
    with us.admins.step("the finance administrator confirms the deposit"):
        admin.locator("nav.side").get_by_role("link", name="Finance").click()
        expect(admin.get_by_text(told.inner_text()).first).to_be_visible()
        press(admin, "Received")
        press(admin, "Confirm receipt")
        expect(admin.get_by_text("Confirmed.")).to_be_visible()
    expect(us.freelancer.get_by_text("Funded").first).to_be_visible()


def the_work_is_released(us: People) -> None:
    client, freelancer = us.client, us.freelancer
    go_home(freelancer)
    with us.freelancers.step("the freelancer submits the work", at_most=2):
        follow(freelancer, "Submit work")
        freelancer.get_by_label("Note to the client").fill("All 14 screens work offline.")
        press(freelancer, "Submit for €9,600.00")
        expect(freelancer.get_by_text("Submitted").first).to_be_visible()
    go_home(client)
    follow(client, "Review")
    with us.clients.step("the client approves and releases", at_most=2):
        press(client, "Approve and release €9,600.00")
        client.get_by_role("alertdialog").get_by_role("button", name="elease").click()
        expect(client.get_by_text("Released").first).to_be_visible()
    expect(freelancer.get_by_text("Released").first).to_be_visible()


def the_money_is_paid_out(us: People) -> None:
    freelancer, admin = us.freelancer, us.admin
    with us.freelancers.step("the freelancer adds a bank account"):
        freelancer.locator("nav.side").get_by_role("link", name="Earnings").click()
        press(freelancer, "Add a bank account")
        freelancer.get_by_label("Account holder").fill("Achieng Odhiambo")
        freelancer.get_by_label("IBAN or account number").fill("0110456789012")
        freelancer.get_by_label("BIC or bank code").fill("KCBLKENX")
        freelancer.get_by_label("Bank", exact=True).fill("KCB")
        freelancer.get_by_label("Country").select_option("KE")
        press(freelancer, "Add account")
        expect(freelancer.get_by_text("Bank account added.")).to_be_visible()
    go_home(freelancer)
    with us.freelancers.step("the freelancer withdraws", at_most=2):
        freelancer.locator("nav.side").get_by_role("link", name="Earnings").click()
        press(freelancer, "Ask for a payout")
        expect(freelancer.get_by_text("Asked for").first).to_be_visible()
    with us.admins.step("the finance administrator marks it as sent"):
        go_home(admin)
        follow(admin, "Send", exact=True)
        press(admin, "Mark as sent")
    expect(freelancer.get_by_text("Paid out").first).to_be_visible()


STEPS = (
    everybody_joins,
    a_job_is_posted,
    a_proposal_is_sent_and_read,
    they_talk,
    an_offer_is_accepted,
    the_milestone_is_funded,
    the_work_is_released,
    the_money_is_paid_out,
)


@pytest.mark.timeout(300)
def test_from_sign_up_to_money_paid_out(empty_server, visit):
    us = People(empty_server, visit)
    for step in STEPS:
        step(us)
    assert "The books are sound." in empty_server.command("verify-ledger")
