"""The short journey, one text for every engine: two people of the demo, by role and name only."""

from freelance_app.demo.cast import PASSWORD
from tests.e2e.demo import rows
from tests.e2e.server import Server
from tests.engines.person import Person
from tests.engines.window import Engine

JOB = "A calendar for solar technicians"
BRIEF = "Forty technicians share six vans. They need a calendar that works without a signal."

FILE = """() => document.querySelector("main a[href^='/files/']")?.innerText"""
ARROWS = """() => document.querySelector(".crumbs li + li + li")?.innerText
  && [...document.querySelectorAll(".crumbs li")].every((row) => row.offsetWidth > 0)"""


class Two:
    """Ingrid hires, Achieng works; each has a window with cookies of its own."""

    def __init__(self, engine: Engine, server: Server) -> None:
        self.server = server
        self.client, self.freelancer = (Person(engine.window(), server.url) for _ in "12")


def they_sign_in(us: Two) -> None:
    us.client.sign_in("ingrid@example.org", PASSWORD)
    us.freelancer.sign_in("achieng@example.org", PASSWORD)
    assert "sid" not in us.client.window.run("() => document.cookie")


def a_job_is_posted(us: Two) -> None:
    client = us.client
    client.press("link", "Post a job")
    client.arrives("/jobs/new")
    client.fill("Title", JOB)
    client.fill("Description", BRIEF)
    client.fill("Skills", "React Native, TypeScript")
    client.fill("Hours a week", "30")
    client.fill("Budget", "1,000.00")
    client.press("button", "Publish")
    client.sees("heading", JOB)


def a_menu_opens_a_dialog(us: Two) -> None:
    client, more = us.client, "More about this job"
    client.press("button", more)
    client.has_focus_on("menuitem", "Close job")
    client.key("Escape")
    client.misses("menu", more)
    client.has_focus_on("button", more)
    client.press("button", more)
    client.press("menuitem", "Close job")
    client.sees("dialog", "Close")
    client.misses("menu", more)
    client.key("Escape")
    client.misses("dialog", "Close")
    client.has_focus_on("button", more)
    client.press("button", more)
    client.press("menuitem", "Close job")
    client.sees("dialog", "Close")
    client.window.click(8, 8)
    client.misses("dialog", "Close")


def a_sheet_shows_the_job(us: Two) -> None:
    freelancer = us.freelancer
    freelancer.press("link", "Jobs")
    freelancer.arrives("/jobs")
    freelancer.press("link", JOB)
    freelancer.sees("link", "Write a proposal")
    assert freelancer.find("heading", JOB, scope="#job-sheet")
    freelancer.press("button", "Close", scope="#job-sheet")
    freelancer.misses("link", "Write a proposal")
    freelancer.has_focus_on("link", JOB)


def the_way_here_has_its_arrows(us: Two) -> None:
    us.client.visit(f"/contracts/{_offline(us)}")
    us.client.reads("Offline-first")
    us.client.wait(ARROWS)


def a_message_arrives_live(us: Two) -> None:
    work = "/contracts/" + _offline(us)
    us.freelancer.visit(f"{work}/messages")
    us.client.visit(f"{work}/messages")
    us.client.fill("Message to", "Does the export work in every browser?")
    us.client.press("button", "Send")
    us.freelancer.reads("Does the export work in every browser?")


def a_file_is_downloaded(us: Two) -> None:
    us.freelancer.visit(f"/contracts/{_offline(us)}/files")
    us.freelancer.wait(FILE)
    us.freelancer.download(us.freelancer.window.run(FILE))


def a_milestone_is_released(us: Two) -> None:
    [(milestone,)] = rows(
        us.server,
        "SELECT m.public_id FROM milestone m JOIN contract c ON c.id = contract_id "
        f"WHERE c.public_id = '{_offline(us)}' AND m.status = 'submitted'",
    )
    where = f"/contracts/{_offline(us)}/milestones/{milestone}"
    us.freelancer.visit(where)
    us.client.visit(where)
    us.client.press("button", "Approve and release")
    us.client.sees("dialog", "Release")
    us.client.key("Escape")
    us.client.misses("dialog", "Release")
    us.client.has_focus_on("button", "Approve and release")
    us.client.press("button", "Approve and release")
    us.client.press("button", "Release", scope="dialog:modal")
    us.client.reads("Released")
    us.freelancer.reads("Released")


def _offline(us: Two) -> str:
    return rows(
        us.server, "SELECT public_id FROM contract WHERE title LIKE 'Offline-first%' LIMIT 1"
    )[0][0]


STEPS = (
    they_sign_in,
    a_job_is_posted,
    a_menu_opens_a_dialog,
    a_sheet_shows_the_job,
    the_way_here_has_its_arrows,
    a_message_arrives_live,
    a_file_is_downloaded,
    a_milestone_is_released,
)


def walk(engine: Engine, server: Server) -> None:
    """Walk every step; a console that complained fails it."""
    us = Two(engine, server)
    for step in STEPS:
        step(us)
    assert us.client.window.faults == []
    assert us.freelancer.window.faults == []
