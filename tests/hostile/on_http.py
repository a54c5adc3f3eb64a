"""Forms, files, pages and health over HTTP, as no browser of ours would ask for them."""

import asyncio
import gzip
import itertools
import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from urllib.parse import urlsplit

import httpx

from freelance_app import db, routes
from freelance_app.security import tokens
from freelance_app.services.accounts import actors
from tests.factories import World
from tests.hostile.browser import EVIL, browser, forget_limits, forms, judge
from tests.hostile.on_raw import attack_paths, attack_raw
from tests.hostile.on_sign_in import attack_sign_in
from tests.hostile.on_sockets import watched
from tests.hostile.report import Report
from tests.hostile.target import Target
from tests.snapshot import changed, snapshot
from tests.state.events import cookie_of

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
METHODS = ("GET", "HEAD", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT", "PROPFIND", "X")
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


async def attack(target: Target, report: Report, world: World, *, every: int = 1) -> None:
    """Try all that one request can do; of the forms of other sites each `every`th."""
    report.check("control", len(list(forms())) > 8, "the routes are not found")
    cookie = cookie_of(world.alice)
    before = snapshot()
    await attack_origins(target, report, world, every=every)
    await _methods(target, report, cookie)
    await _fields(target, report, cookie)
    await attack_paths(target, report, cookie)
    await _bodies(target, report, cookie)
    found = changed(before, snapshot(), but={"sign_in_session"})
    report.check("change", not found, f"requests changed {found}")
    kept = db.read(actors.find_actor, token=cookie)
    report.check("change", kept is not None, "Alice was signed out")
    await attack_files(target, report, world)
    await attack_sign_in(target, report, world)
    await attack_raw(target, report)
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


async def _bodies(target: Target, report: Report, cookie: str) -> None:
    """Send bodies that are too long or packed; whoever sent one sees an answer."""
    bomb = gzip.compress(b"\0" * 20_000_000)
    for path in forms():
        async with browser(target, cookie, Accept="application/json") as http:
            packed = {"Content-Encoding": "gzip"}
            if path != routes.FILES:
                status = await _status(http, path, b"x" * 2_000_000)
                report.check("a body of 2 MB", status == "413", f"{path}: {status}")
                if path not in {routes.SIGN_OUT, routes.SET_LANGUAGE}:
                    answer = await http.post(path, content=bomb, headers=packed)
                    judge(report, "a packed body", answer, target, path)
    async with browser(target, Accept="application/json") as http:
        for size in (1, 100_000, 60_000_000):
            status = await _status(http, "/files?name=x", b"x" * size)
            report.check("upload of nobody", status == "401", f"{size} got {status}")


async def _status(http: httpx.AsyncClient, path: str, content: bytes) -> str:
    """Return the status of an answer, or the error when a browser would see none."""
    try:
        return str((await http.post(path, content=content)).status_code)
    except httpx.TransportError as error:
        return repr(error)


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
    for _turn in range(50):  # what was cut off is still being thrown away
        if not (found := changed(before, snapshot(), but={"sign_in_session"})):
            break
        await asyncio.sleep(0.2)
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
