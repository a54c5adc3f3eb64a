"""Forms, files, pages and health over HTTP, as no browser of ours would ask for them."""

import asyncio
import gzip
import itertools
import secrets
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, suppress
from typing import Any
from urllib.parse import urlsplit

import httpx
from sqlalchemy import text

from freelance_app import db, routes
from freelance_app.api.app import api
from freelance_app.models import Person
from freelance_app.security import passwords, tokens
from freelance_app.services.accounts import actors
from tests.factories import World
from tests.hostile.on_sockets import watched
from tests.hostile.report import Report
from tests.hostile.target import Target
from tests.snapshot import changed, snapshot
from tests.state.events import cookie_of

PASSWORD = "a long and hostile password"
EVIL = "evil.example"
ORIGINS = (
    f"http://{EVIL}",
    "null",
    "",
    "{url}.evil.example",
    "{url}/",
    "{url}, http://evil.example",
    "https{rest}",
    "http://127.0.0.1",
    "{url}@evil.example",
)
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
METHODS = ("GET", "HEAD", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT", "PROPFIND", "X")
PATHS = (
    "/../../../etc/passwd",
    "/..%2f..%2f..%2fetc/passwd",
    "/%2e%2e/%2e%2e/etc/passwd",
    "/assets/../../requirements.txt",
    "/assets/..%2f..%2f..%2frequirements.txt",
    "/assets/%2e%2e/%2e%2e/stamp",
    "/files/../../harbour.db",
    "/files/..%2f..%2fharbour.db",
    "/files/%00",
    "/files/%ff%fe",
    "/files/" + "a" * 5_000,
    "/files/' OR '1'='1",
    "/%00",
    "/login%00.html",
    "/login%0d%0aSet-Cookie:%20x=1",
    f"//{EVIL}/",
    f"/\\{EVIL}",
    f"/http://{EVIL}/",
    "/.env",
    "/.git/config",
    "/server.log",
    "/harbour.db",
    "/404.html",
    "/__spa-fallback.html",
    "/en/login",
    "/login/../admin/settings",
    "/;/admin/settings",
    "/admin/settings%2f",
    "/_upload",
    "/_upload/x",
    "/_health",
    "/_all_routes",
    "/api/",
    "/api/v1",
    "/docs",
    "/openapi.json",
    "/ping",
    "/healthz",
    "/readyz",
    "/" + "x" * 20_000,
    "/?" + "q=x&" * 5_000,
)
HEADERS: tuple[dict[str, str], ...] = (
    {"Host": EVIL},
    {"X-Forwarded-Host": EVIL},
    {"X-Forwarded-Proto": "https", "X-Forwarded-Host": EVIL},
    {"Forwarded": f"host={EVIL};proto=https"},
    {"X-Original-URL": "/admin/settings"},
    {"X-Rewrite-URL": "/admin/settings"},
    {"X-Forwarded-Prefix": f"//{EVIL}"},
    {"X-HTTP-Method-Override": "DELETE"},
    {"Referer": f"http://{EVIL}/x"},
    {"Accept-Language": "../../etc,x;q=9e99,*;q=0.0001," * 50},
    {"Accept-Encoding": "br;q=nan, gzip;q=-1, ../../x"},
    {"If-None-Match": "*" * 5_000},
    {"Range": "bytes=0-0,1-1,2-2"},
    {"Cookie": "lang=../../../etc; lang=<script>"},
    {"Cookie": "; ".join(f"c{number}=x" for number in range(500))},
    {"Content-Type": "application/json"},
    {"Expect": "100-continue"},
)
FIELDS: tuple[str, ...] = (
    "email=%00&password=%00&name=%00&role=%00&consent=yes",
    "email=%ED%A0%80&password=%FF%FE&token=%ED%A0%80&party=%00&language=%00&next=%00",
    "email[]=x&email[$ne]=x&token[]=x&language[]=en",
    "email=a&email=b&token=a&token=b&language=en&language=sw",
    "&".join(f"f{number}=x" for number in range(3_000)),
    "token=" + "x" * 30_000,
    "email=" + "x" * 1_001 + "&language=" + "x" * 999,
    "=&==&&&%&%zz",
    "zone=../../etc/passwd&role=administrator&consent=yes&name=x&email=x&password=x",
    "\0\0\0",
)
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


async def attack(target: Target, report: Report, world: World, *, every: int = 1) -> None:
    """Try all that one request can do; of the forms of other sites each `every`th."""
    report.check("control", len(list(forms())) > 8, "the routes are not found")
    cookie = cookie_of(world.alice)
    before = snapshot()
    await attack_origins(target, report, world, every=every)
    await _methods(target, report, cookie)
    await _fields(target, report, cookie)
    await _paths(target, report, cookie)
    await _bodies(target, report, cookie)
    found = changed(before, snapshot(), but={"sign_in_session"})
    report.check("change", not found, f"requests changed {found}")
    kept = db.read(actors.find_actor, token=cookie)
    report.check("change", kept is not None, "Alice was signed out")
    await attack_files(target, report, world)
    await attack_sign_in(target, report, world)
    await _raw(target, report)
    for fault in target.faults():
        report.note("log", fault)


async def attack_origins(target: Target, report: Report, world: World, *, every: int = 1) -> None:
    """Send each form from another site, with the person's cookie."""
    cookie, rest = cookie_of(world.alice), target.url.removeprefix("http")
    turn = itertools.count()
    data = {"language": "sw", "role": "freelancer", "email": "x@example.org", "token": "x"}
    for path in forms():
        for form in ORIGINS:
            origin = form.format(url=target.url, rest=rest)
            for more in ({}, {"Referer": f"{target.url}/home"}, {"Sec-Fetch-Site": "same-origin"}):
                if next(turn) % every:
                    continue
                headers = {"Origin": origin, **more}
                async with browser(target, cookie, **headers) as http:
                    if not origin:
                        del http.headers["origin"]
                    answer = await http.post(path, data=data, params={"name": "x.txt"})
                is_refused = answer.status_code == 403 and "set-cookie" not in answer.headers
                said = f"{path} from {origin or 'nowhere'} got {answer.status_code}"
                report.check("a form of another site", is_refused, said)
    async with browser(target, cookie, Origin=f"http://{EVIL}") as http:
        for path in ("/healthz", "/ping", "/login", "/files/x"):
            answer = await http.get(path)
            judge(report, "a page read by another site", answer, target, path)
            headers = {"Access-Control-Request-Method": "POST"}
            judge(report, "preflight", await http.options(path, headers=headers), target, path)


async def _methods(target: Target, report: Report, cookie: str) -> None:
    async with browser(target, cookie) as http:
        for path in (*forms(), "/login", "/healthz", "/files/x"):
            for method in METHODS:
                query = {"language": "sw", "_method": "POST", "email": "x", "name": "x"}
                answer = await http.request(method, path, params=query)
                what = f"{method} {path}"
                judge(report, "another method", answer, target, what)
        for headers in HEADERS:
            for path in ("/login", "/", "/auth/sign-out", "/files/x", "/admin/settings", "/x"):
                answer = await http.get(path, headers=headers)
                judge(report, "header trick", answer, target, f"{path} {str(headers)[:80]}")
                if (shown := answer.text).count(EVIL):
                    report.note("header trick", f"{path} {headers} shows it: {shown[:200]}")


async def _fields(target: Target, report: Report, cookie: str) -> None:
    """Send fields that no form has; none is right, so all is refused or comes to nothing."""
    kinds = (
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "multipart/form-data",
        "application/json",
        "text/plain",
        "",
    )
    for path in forms():
        if path in {routes.SIGN_OUT, routes.FILES, routes.SET_LANGUAGE}:
            continue
        for body in FIELDS:
            for kind in kinds[: 1 if body != FIELDS[0] else None]:
                forget_limits()
                headers = {"Content-Type": kind} if kind else {}
                async with browser(target, cookie, **headers) as http:
                    answer = await http.post(path, content=body.encode())
                judge(report, "form of other fields", answer, target, f"{path} {body[:60]!r}")


async def _paths(target: Target, report: Report, cookie: str) -> None:
    for who in ("", cookie):
        for path in PATHS:
            answer = await ask(target, f"GET {path.replace(' ', '%20')} HTTP/1.1", cookie=who)
            _judge_raw(report, "path trick", answer, path)


async def _bodies(target: Target, report: Report, cookie: str) -> None:
    """Send bodies that are too long, packed, or shorter than they say."""
    bomb = gzip.compress(b"\0" * 20_000_000)
    for path in forms():
        async with browser(target, cookie, Accept="application/json") as http:
            packed = {"Content-Encoding": "gzip"}
            if path != routes.FILES:
                with suppress(httpx.TransportError):
                    answer = await http.post(path, content=b"x" * 2_000_000)
                    what = f"{path}: {answer.status_code}"
                    report.check("a body of 2 MB", answer.status_code == 413, what)
                if path not in {routes.SIGN_OUT, routes.SET_LANGUAGE}:
                    answer = await http.post(path, content=bomb, headers=packed)
                    judge(report, "a packed body", answer, target, path)
    async with browser(target, Accept="application/json") as http:
        for size in (1, 100_000, 60_000_000):
            with suppress(httpx.TransportError):
                answer = await http.post("/files", params={"name": "x"}, content=b"x" * size)
                what = f"{size} got {answer.status_code}"
                report.check("upload of nobody", answer.status_code == 401, what)


async def attack_files(target: Target, report: Report, world: World) -> None:
    """Read another person's file by its id, in every way there is."""
    words = f"the secret of {world.run}"
    async with browser(target, cookie_of(world.fatuma), Accept="application/json") as http:
        answer = await http.post("/files", params={"name": "x.txt"}, content=words.encode())
        file_id = answer.json()["id"]
        mine = await http.get(f"/files/{file_id}")
        report.check("control", mine.text == words, "Fatuma cannot read her own file")
    tries = (
        (f"/files/{file_id}", {}),
        (f"/files/{file_id}?token=x&party=1&download=1", {}),
        (f"/files/{file_id.upper()}", {}),
        (f"/files/{file_id}", {"Range": "bytes=0-3"}),
        (f"/files/{file_id}", {"Referer": f"{target.url}/messages"}),
        (f"/files//{file_id}", {}),
        (f"/files/./{file_id}", {}),
        (f"/files/{file_id}%00", {}),
    )
    for who in (world.charlie, world.dora, world.bob, None):
        async with browser(target, cookie_of(who) if who else "") as http:
            none = await http.get(f"/files/{secrets.token_hex(10)}")
            for path, headers in tries:
                answer = await http.get(path, headers=headers)
                is_hidden = words not in answer.text and answer.status_code == none.status_code
                said = f"{path} by {who.name if who else 'nobody'} got {answer.status_code}"
                report.check("a file of others", is_hidden or answer.status_code == 404, said)


async def attack_sign_in(target: Target, report: Report, world: World) -> None:
    """Sign in with a next page of another site, and over a session that was planted before."""
    email = db.write(_give_password, person_id=world.alice.person_id)
    await _nexts(target, report, email)
    await _fixation(target, report, email)


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
            report.check(kind, False, f"{wanted!r} leads nowhere: {error}")  # noqa: FBT003
            return
    if path == routes.SIGN_IN:
        is_in = answer.status_code == (422 if "\0" in wanted else 303)
        report.check("control", is_in, f"sign-in: {answer.status_code}")
    judge(report, kind, answer, target, repr(wanted))


async def _fixation(target: Target, report: Report, email: str) -> None:
    """Give a browser a session before its person signs in: it must not be theirs after."""
    planted = secrets.token_urlsafe(32)
    data = {"email": email, "password": PASSWORD}
    name = tokens.COOKIE
    for header in (f"{name}={planted}", f"{name}={planted}; {name}={planted}", f"{name}="):
        forget_limits()
        async with browser(target, Cookie=header) as http:
            answer = await http.post(routes.SIGN_IN, data=data)
        fresh = answer.cookies.get(name, "")
        is_new = len(fresh) > 30 and fresh != planted
        report.check("session fixation", is_new, f"{header}: {answer.status_code} {fresh[:9]}")
        who = db.read(actors.find_actor, token=planted)
        report.check("session fixation", who is None, "the planted token is signed in")
        flags = answer.headers.get("set-cookie", "").lower()
        is_strict = "httponly" in flags and "samesite=lax" in flags
        report.check("session fixation", is_strict, f"cookie: {flags}")


async def _raw(target: Target, report: Report) -> None:
    """Send requests that no library would write."""
    smuggled = "GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n"
    url, length = target.url, len(smuggled)
    origin = f"Origin: {url}\r\n"
    bad = (
        ("POST /auth/sign-out HTTP/1.1", f"{origin}Content-Length: 0\r\nContent-Length: {length}"),
        ("POST /auth/sign-out HTTP/1.1", f"{origin}Content-Length: +{length}"),
        ("POST /auth/sign-out HTTP/1.1", f"{origin}Content-Length: 0x10"),
        ("POST /auth/sign-out HTTP/1.1", f"{origin}Content-Length: -1"),
        ("POST /auth/sign-out HTTP/1.1", f"{origin}Transfer-Encoding: chunked, identity"),
        ("POST /auth/sign-out HTTP/1.1", f"{origin}Transfer-Encoding : chunked"),
        ("GET /login HTTP/1.1", "X-A: a\r\n b: folded"),
        ("GET /login HTTP/1.1", ": no name"),
        ("GET /login HTTP/1.1", "no colon"),
        ("GET /login HTTP/1.1", "X-A: \x00"),
        ("GET /login HTTP/1.1", "X-A: " + "a" * 100_000),
        ("GET /login HTTP/1.1", "\r\n".join(f"X-{number}: a" for number in range(2_000))),
        ("GET /login HTTP/9.9", ""),
        ("GET /login", ""),
        ("GET http://evil.example/login HTTP/1.1", ""),
        ("GET  /login  HTTP/1.1", ""),
        ("G\x00T /login HTTP/1.1", ""),
        ("GET /login\x01 HTTP/1.1", ""),
        ("PRI * HTTP/2.0", ""),
        ("OPTIONS * HTTP/1.1", ""),
        ("GET /login HTTP/1.1", "Upgrade: h2c\r\nConnection: Upgrade, HTTP2-Settings"),
        ("GET /_event/?EIO=4&transport=websocket HTTP/1.1", "Upgrade: websocket"),
    )
    for line, headers in bad:
        answer = await ask(target, line, headers, body=smuggled if "POST" in line else "")
        _judge_raw(report, "broken request", answer, f"{line[:60]!r} {headers[:60]!r}")
        is_single = answer.count("HTTP/1.1 200") <= 1
        report.check("smuggled request", is_single, f"{line} {headers[:60]} was two")


def _judge_raw(report: Report, kind: str, answer: str, what: str) -> None:
    head = answer.partition("\r\n\r\n")[0].lower()
    holds = {
        f"answers {head[:12]}": not head.startswith("http/1.1 5"),
        "goes elsewhere": f"location: http://{EVIL}" not in head and "location: //" not in head,
        "splits the headers": "\r\nset-cookie: x=1" not in head,
        "shows a secret": not any(words in answer for words in SECRETS),
    }
    broken = [words for words, is_well in holds.items() if not is_well]
    report.check(kind, not broken, f"{what[:100]}: {'; '.join(broken)}")


async def ask(
    target: Target, line: str, headers: str = "", *, cookie: str = "", body: str = ""
) -> str:
    """Send a request as it is written here and return all that comes back."""
    parts = urlsplit(target.url)
    reader, writer = await asyncio.open_connection(parts.hostname, parts.port)
    lines = [line, f"Host: {parts.netloc}", "Connection: close"]
    lines += [headers] * bool(headers) + [f"Cookie: {tokens.COOKIE}={cookie}"] * bool(cookie)
    got = b""
    with suppress(TimeoutError, ConnectionError):
        writer.write("\r\n".join([*lines, "", body]).encode("latin-1"))
        async with asyncio.timeout(3):
            await writer.drain()
            got = await reader.read()
    writer.close()
    return got.decode("latin-1")


async def attack_slowly(target: Target, report: Report, world: World, *, size: int) -> None:
    """Send a byte now and then, on many connections: others go on being served."""
    cookie = cookie_of(world.charlie)
    starts = (
        "GET /login HTTP/1.1\r\nX-A: ",
        f"POST /auth/sign-in HTTP/1.1\r\nOrigin: {target.url}\r\nContent-Length: 30000\r\n\r\n",
        f"POST /files?name=x HTTP/1.1\r\nOrigin: {target.url}\r\n"
        f"Cookie: {tokens.COOKIE}={cookie}\r\nContent-Length: 9000000\r\n\r\n",
        f"POST /files?name=x HTTP/1.1\r\nOrigin: {target.url}\r\n"
        "Transfer-Encoding: chunked\r\n\r\n",
    )
    before = snapshot()
    async with (
        watched(target, report, f"{size} slow requests", cookie),
        _many(target, size) as all_,
    ):
        for number, (_reader, writer) in enumerate(all_):
            writer.write(starts[number % len(starts)].encode())
            report.cases["slow request"] += 1
        for _turn in range(5):
            await asyncio.sleep(0.2)
            for _reader, writer in all_:
                writer.write(b"x")
        await _look_around(target, report)
    found = changed(before, snapshot(), but={"sign_in_session"})
    report.check("change", not found, f"slow requests changed {found}")
    for fault in target.faults():
        report.note("log", fault)


async def _look_around(target: Target, report: Report) -> None:
    async with browser(target) as http:
        for path in ("/healthz", "/login"):
            answer = await http.get(path, timeout=5)
            report.check("a page meanwhile", answer.status_code == 200, path)


@asynccontextmanager
async def _many(target: Target, size: int) -> AsyncIterator[list[Any]]:
    parts = urlsplit(target.url)
    opened = [await asyncio.open_connection(parts.hostname, parts.port) for _ in range(size)]
    try:
        yield opened
    finally:
        for _reader, writer in opened:
            writer.close()


def forget_limits() -> None:
    """Empty the counters of tries, so that each try is looked at."""
    with db.engine.begin() as connection:
        connection.execute(text("DELETE FROM limit_counter"))


def _give_password(session: Any, *, person_id: int) -> str:
    person = session.get_one(Person, person_id)
    person.password_hash = passwords.hash_of(PASSWORD)
    return person.email
