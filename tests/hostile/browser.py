"""A browser without a page: its requests, and what must hold of every answer."""

from collections.abc import Iterator

import httpx
from sqlalchemy import text

from freelance_app import db
from freelance_app.api.app import api
from freelance_app.security import tokens
from tests.hostile.report import Report
from tests.hostile.target import Target

EVIL = "evil.example"
NO_REQUEST = "Invalid HTTP request received."  # uvicorn says so before any of our code runs
SECRETS = ("root:x:", "SQLite format", "Traceback (", "[tool.", "argon2", "sqlalchemy")


def browser(target: Target, cookie: str = "", **headers: str) -> httpx.AsyncClient:
    """Return a client that names its origin, follows nothing and has no proxy."""
    cookies = {tokens.COOKIE: cookie} if cookie else None
    given = {"Origin": target.url} | headers
    return httpx.AsyncClient(
        base_url=target.url, cookies=cookies, headers=given, trust_env=False, timeout=30
    )


def forms() -> Iterator[str]:
    """Yield the path of every route that changes something."""
    for included in api.routes:
        for route in included.original_router.routes:
            if "POST" in route.methods:
                yield route.path


def judge(report: Report, kind: str, answer: httpx.Response, target: Target, what: str) -> None:
    """Check what must hold of every answer."""
    place = answer.headers.get("location", "/")
    is_ours = place.startswith(f"{target.url}/") or (
        place.startswith("/") and not place.startswith(("//", "/\\"))
    )
    allowed = answer.headers.get("access-control-allow-origin", target.url)
    holds = {
        f"status {answer.status_code}": answer.status_code < 500,
        f"goes to {place}": is_ours,
        f"lets {allowed} read": allowed == target.url,
        "shows a secret": not any(words in answer.text for words in SECRETS),
        "sets a cookie of the attacker's": "stolen" not in answer.headers.get("set-cookie", ""),
        "has no CSP": NO_REQUEST in answer.text or "content-security-policy" in answer.headers,
    }
    broken = [words for words, is_well in holds.items() if not is_well]
    report.check(kind, not broken, f"{what}: {'; '.join(broken)}")


def forget_limits() -> None:
    """Empty the counters of tries, so that each try is looked at."""
    with db.engine.begin() as connection:
        connection.execute(text("DELETE FROM limit_counter"))
