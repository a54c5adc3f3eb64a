"""Where the demo's things are: addresses for the patterns of routes, and when a page is ready."""

import re
import sqlite3
from pathlib import Path

from playwright.sync_api import Page

from freelance_app import pages, routes
from tests.e2e.server import Server

NOBODYS = "f" * 20  # an id that nothing has
# The page knows its reader and its market, has its data and shows no skeleton; and it was painted,
# as a press meets what was painted last, not what was laid out since.
READY = """() => {
  const isThere = (selector) => [...document.querySelectorAll(selector)].slice(0, 1)
    .every((name) => [...name.childNodes].some((node) => node.nodeType === 3 && node.data));
  return document.querySelector("main") && !document.querySelector("[aria-busy=true]")
    && isThere(".who__n") && isThere(".side__brand") && document.fonts.status === "loaded"
    && performance.getEntriesByName("first-contentful-paint").length > 0;
}"""


def rows(server: Server, query: str) -> list[tuple]:
    """Return what a query finds in the server's database."""
    with sqlite3.connect(server.folder / "harbour.db") as connection:
        return connection.execute(query).fetchall()


def page_routes() -> set[str]:
    """Return the route of every page, as the pages' modules name them."""
    named = [
        name
        for module in Path(pages.__file__).parent.rglob("*.py")
        for name in re.findall(r"route=routes\.(\w+)", module.read_text(encoding="utf-8"))
    ]
    return {getattr(routes, name) for name in named}


def of(email: str) -> str:
    """Return the parties of a person, as SQL."""
    return (
        "(SELECT party_id FROM membership JOIN person ON person.id = person_id "
        f"WHERE email = '{email}')"
    )


def address(server: Server, email: str, pattern: str) -> str:
    """Return a real address for a pattern: a row that the person may see."""
    mine = of(email)
    queries = {
        "job_id": "SELECT public_id FROM job_post WHERE "
        + {
            routes.JOB_EDIT: f"status = 'draft' AND party_id IN {mine}",
            routes.JOB_PROPOSALS: f"title LIKE 'Firmware%' AND party_id IN {mine}",
            routes.JOB_APPLY: "status = 'open' AND currency = 'KES'",
        }.get(pattern, "status = 'open' AND title LIKE 'Firmware%'"),
        "proposal_id": "SELECT proposal.public_id FROM proposal JOIN job_post j ON j.id = job_id "
        f"WHERE (j.party_id IN {mine} OR proposal.party_id IN {mine}) AND "
        + (
            "proposal.status IN ('submitted', 'shortlisted') AND NOT EXISTS "
            "(SELECT 1 FROM offer o WHERE o.proposal_id = proposal.id AND o.status = 'sent')"
            if pattern == routes.OFFER_NEW
            else "1 = 1"
        ),
        "offer_id": f"SELECT public_id FROM offer WHERE client_party_id IN {mine} "
        f"OR freelancer_party_id IN {mine}",
        "contract_id": "SELECT public_id FROM contract WHERE title LIKE 'Offline-first%'",
        "milestone_id": "SELECT m.public_id FROM milestone m JOIN contract c ON c.id = contract_id "
        "WHERE c.title LIKE 'Offline-first%' AND m.status = "
        + ("'submitted'" if email.startswith("ingrid") else "'funded'"),
        "deposit_id": f"SELECT public_id FROM deposit WHERE party_id IN {mine}",
        "room_id": "SELECT room.public_id FROM room JOIN room_member m ON m.room_id = room.id "
        f"WHERE m.party_id IN {mine}",
    }

    tables = {"job_id": "job_post", "milestone_id": "m"}  # the others are called as their ids

    def value(variable: re.Match[str]) -> str:
        table = tables.get(variable[1], variable[1].removesuffix("_id"))
        found = rows(server, f"{queries[variable[1]]} ORDER BY {table}.id LIMIT 1")
        assert found, f"the demo has no {variable[1]} for {email}: {queries[variable[1]]}"
        return found[0][0]

    return re.sub(r"\[(\w+)\]", value, pattern)


def visit_anew(page: Page, path: str) -> None:
    """Go to an address in a tab that is used again, as one that has seen nothing before."""
    if page.url != "about:blank":
        page.evaluate("sessionStorage.clear()")
    page.goto(path, wait_until="commit")


def settle(page: Page) -> None:
    """Wait until the page knows its reader, has its data and fonts, and shows no skeleton."""
    page.wait_for_function(READY)
