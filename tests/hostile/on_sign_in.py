"""Sign-in as a link or a planted cookie of another site would have it."""

import secrets
from typing import Any

import httpx

from freelance_app import db, routes
from freelance_app.models import Person
from freelance_app.security import passwords, tokens
from freelance_app.security.actor import Actor
from freelance_app.services.accounts import actors
from tests.factories import World
from tests.hostile.browser import EVIL, browser, forget_limits, judge
from tests.hostile.report import Report
from tests.hostile.target import Target
from tests.state.events import cookie_of

PASSWORD = "a long and hostile password"
NEXTS = (
    f"//{EVIL}",
    f"///{EVIL}",
    f"/\\{EVIL}",
    f"\\\\{EVIL}",
    f"/\t/{EVIL}",
    f"/\n/{EVIL}",
    f"http://{EVIL}",
    f"http:{EVIL}",
    "javascript:alert(1)",
    "/\x00/evil.example",
    "/home\r\nSet-Cookie: sid=stolen",
    "/%0d%0aSet-Cookie:%20sid=stolen",
    f"/%2f{EVIL}",
    f"/%5c{EVIL}",
    f"/.{EVIL}/../..//{EVIL}",
    "/auth/sign-out",
    "data:text/html,x",
    f"{EVIL}",
    f"@{EVIL}",
    "/" + "x" * 900,
)


async def attack_sign_in(target: Target, report: Report, world: World) -> None:
    """Sign in with a next page of another site, and over a session that was planted before."""
    email = db.write(_give_password, person_id=world.alice.person_id)
    await _nexts(target, report, email)
    await _fixation(target, report, world, email)


async def _nexts(target: Target, report: Report, email: str) -> None:
    for wanted in NEXTS:
        forget_limits()
        signing_in = {"email": email, "password": PASSWORD, "next": wanted}
        speaking = {"language": "en", "next": wanted}
        page = f"http://{EVIL}{wanted[:50].encode('ascii', 'replace').decode()}"
        for path, data, more in (
            (routes.SIGN_IN, signing_in, {}),
            (routes.SET_LANGUAGE, speaking, {}),
            (routes.SET_LANGUAGE, speaking, {"Referer": page}),
        ):
            await _go(target, report, path, data, more, wanted)


async def _go(
    target: Target,
    report: Report,
    path: str,
    data: dict[str, str],
    headers: dict[str, str],
    wanted: str,
) -> None:
    kind = f"next after {path}" + (", from another page" if headers else "")
    async with browser(target, **headers) as http:
        try:
            answer = await http.post(path, data=data)
        except httpx.LocalProtocolError:  # a header that cannot be sent
            return
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            report.check(kind, holds=False, otherwise=f"{wanted!r} leads nowhere: {error}")
            return
    if path == routes.SIGN_IN:
        is_in = answer.status_code == (422 if "\0" in wanted else 303)
        report.check("control", is_in, f"sign-in: {answer.status_code}")
    judge(report, kind, answer, target, repr(wanted))


async def _fixation(target: Target, report: Report, world: World, email: str) -> None:
    """Give a browser a session before its person signs in: it must not be theirs after.

    The attacker plants a token that nobody has, or that of a session of their own.
    """
    data = {"email": email, "password": PASSWORD}
    unknown, name = secrets.token_urlsafe(32), tokens.COOKIE
    for form in ("{own}", "{unknown}", "{own}; {unknown}", "{unknown}; {own}", "{own}; {own}", ""):
        own = cookie_of(world.charlie)
        planted = {"own": f"{name}={own}", "unknown": f"{name}={unknown}"}
        forget_limits()
        who = db.read(actors.find_actor, token=own)
        report.check("control", _is(who, world.charlie), "the planted session is nobody's")
        async with browser(target, Cookie=form.format(**planted) or f"{name}=") as http:
            answer = await http.post(routes.SIGN_IN, data=data)
        fresh = answer.cookies.get(name, "")
        is_new = len(fresh) > 30 and fresh not in {own, unknown}
        report.check("session fixation", is_new, f"{form}: {answer.status_code} {fresh[:9]}")
        who = db.read(actors.find_actor, token=fresh)
        report.check("session fixation", _is(who, world.alice), f"{form}: the new one is not hers")
        who = db.read(actors.find_actor, token=own)
        is_left = who is None or _is(who, world.charlie)
        report.check("session fixation", is_left, f"{form}: the attacker's own became hers")
        who = db.read(actors.find_actor, token=unknown)
        report.check("session fixation", who is None, f"{form}: the planted token is signed in")
        flags = answer.headers.get("set-cookie", "").lower()
        is_strict = "httponly" in flags and "samesite=lax" in flags
        report.check("session fixation", is_strict, f"cookie: {flags}")


def _is(found: Actor | None, wanted: Actor) -> bool:
    return found is not None and found.person_id == wanted.person_id


def _give_password(session: Any, *, person_id: int) -> str:
    person = session.get_one(Person, person_id)
    person.password_hash = passwords.hash_of(PASSWORD)
    return person.email
