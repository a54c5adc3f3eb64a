"""Requests that no library would write: paths, broken and smuggled ones, closed doors."""

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from urllib.parse import urlsplit

from freelance_app.security import tokens
from tests.hostile.browser import EVIL, SECRETS, browser
from tests.hostile.report import Report
from tests.hostile.target import Target

# More than the seconds after which the server closes a connection that asks nothing more.
SECONDS = 30
AN_ANSWER = "HTTP/1.1 "
SIGN_OUT = "POST /auth/sign-out HTTP/1.1"
# What Reflex would open by itself.
CLOSED = ("/_upload", "/_upload/x", "/_health", "/_all_routes", "/auth-codespace")
PATHS = (
    *CLOSED,
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


@dataclass(frozen=True)
class Answer:
    """All that came back, and whether the server closed the connection within SECONDS."""

    words: str
    is_over: bool

    @property
    def head(self) -> str:
        """Return the status line and the headers in small letters."""
        return self.words.partition("\r\n\r\n")[0].lower()

    @property
    def status(self) -> str:
        """Return the three digits, or nothing."""
        return self.head[9:12] if self.head.startswith("http/1.") else ""


async def attack_paths(target: Target, report: Report, cookie: str) -> None:
    """Ask for what no link of ours names; each is answered, and a closed path is no page."""
    for who in ("", cookie):
        for path in PATHS:
            answer = await ask(target, f"GET {path.replace(' ', '%20')} HTTP/1.1", cookie=who)
            _judge(report, "path trick", answer, path)
            if path in CLOSED:
                report.check("a closed path", answer.status == "404", f"{path}: {answer.status}")
        await _post_to_closed(target, report, who)


async def _post_to_closed(target: Target, report: Report, cookie: str) -> None:
    """Send a form with a file as Reflex's own upload would take it."""
    async with browser(target, cookie) as http:
        for path in CLOSED:
            for files in ({"files": ("x.txt", b"x", "text/plain")}, {"file": ("../x", b"x")}):
                answer = await http.post(path, files=files)
                is_closed = answer.status_code in {404, 405}
                said = f"POST {path} got {answer.status_code} {answer.text[:100]}"
                report.check("a form to a closed path", is_closed, said)


async def attack_raw(target: Target, report: Report) -> None:
    """Send requests that no library would write, each with another one behind it if it can."""
    host = urlsplit(target.url).netloc
    smuggled = f"GET /healthz HTTP/1.1\r\nHost: {host}\r\n\r\n"
    origin = f"Origin: {target.url}\r\n"
    two = await ask(target, SIGN_OUT, f"{origin}Content-Length: 0", body=smuggled, closes=False)
    said = f"of two sound requests were answered: {two.words[:300]}"
    report.check("control", two.words.count(AN_ANSWER) == 2, said)
    bad = _broken(origin, len(smuggled))
    asked = [
        ask(target, line, headers, body=begun + smuggled if line == SIGN_OUT else "", closes=False)
        for line, headers, begun in bad
    ]
    for (line, headers, _), answer in zip(bad, await asyncio.gather(*asked), strict=True):
        what = f"{line[:60]!r} {headers[:60]!r}"
        _judge(report, "broken request", answer, what, may_hang_up=True)
        is_single = answer.words.count(AN_ANSWER) <= 1
        report.check("smuggled request", is_single, f"{what} was two")


def _broken(origin: str, length: int) -> Sequence[tuple[str, str, str]]:
    """Return lines, headers and what begins a body."""
    return (
        (SIGN_OUT, f"{origin}Content-Length: 0\r\nContent-Length: {length}", ""),
        (SIGN_OUT, f"{origin}Content-Length: +{length}", ""),
        (SIGN_OUT, f"{origin}Content-Length: 0x10", ""),
        (SIGN_OUT, f"{origin}Content-Length: -1", ""),
        (SIGN_OUT, f"{origin}Transfer-Encoding: chunked, identity", ""),
        (SIGN_OUT, f"{origin}Transfer-Encoding : chunked", ""),
        (SIGN_OUT, f"{origin}Transfer-Encoding: chunked\r\nContent-Length: 4", "0\r\n\r\n"),
        (SIGN_OUT, f"{origin}Content-Length: 5\r\nTransfer-Encoding: chunked", "0\r\n\r\n"),
        ("GET /login HTTP/1.1", "X-A: a\r\n b: folded", ""),
        ("GET /login HTTP/1.1", ": no name", ""),
        ("GET /login HTTP/1.1", "no colon", ""),
        ("GET /login HTTP/1.1", "X-A: \x00", ""),
        ("GET /login HTTP/1.1", "X-A: " + "a" * 100_000, ""),
        ("GET /login HTTP/1.1", "\r\n".join(f"X-{number}: a" for number in range(2_000)), ""),
        ("GET /login HTTP/9.9", "", ""),
        ("GET /login", "", ""),
        ("GET http://evil.example/login HTTP/1.1", "", ""),
        ("GET  /login  HTTP/1.1", "", ""),
        ("G\x00T /login HTTP/1.1", "", ""),
        ("GET /login\x01 HTTP/1.1", "", ""),
        ("PRI * HTTP/2.0", "", ""),
        ("OPTIONS * HTTP/1.1", "", ""),
        ("GET /login HTTP/1.1", "Upgrade: h2c\r\nConnection: Upgrade, HTTP2-Settings", ""),
        ("GET /_event/?EIO=4&transport=websocket HTTP/1.1", "Upgrade: websocket", ""),
    )


def _judge(
    report: Report, kind: str, answer: Answer, what: str, *, may_hang_up: bool = False
) -> None:
    """Check what must hold of every answer; only a connection that was closed may give none."""
    head, is_silent = answer.head, may_hang_up and answer.is_over and not answer.words
    holds = {
        "is not answered": answer.status.isdecimal() or is_silent,
        f"answers {answer.status}": not answer.status.startswith("5"),
        "goes elsewhere": f"location: http://{EVIL}" not in head and "location: //" not in head,
        "splits the headers": "\r\nset-cookie: x=1" not in head,
        "shows a secret": not any(words in answer.words for words in SECRETS),
    }
    broken = [words for words, is_well in holds.items() if not is_well]
    report.check(kind, not broken, f"{what[:100]}: {'; '.join(broken)}")


async def ask(
    target: Target,
    line: str,
    headers: str = "",
    *,
    cookie: str = "",
    body: str = "",
    closes: bool = True,
) -> Answer:
    """Send a request as it is written here and return all that comes until the server closes."""
    parts = urlsplit(target.url)
    reader, writer = await asyncio.open_connection(parts.hostname, parts.port)
    lines = [line, f"Host: {parts.netloc}"] + ["Connection: close"] * closes
    lines += [headers] * bool(headers) + [f"Cookie: {tokens.COOKIE}={cookie}"] * bool(cookie)
    got, is_over = bytearray(), False
    with suppress(TimeoutError):
        async with asyncio.timeout(SECONDS):
            writer.write("\r\n".join([*lines, "", body]).encode("latin-1"))
            with suppress(ConnectionError):
                while piece := await reader.read(65_536):
                    got += piece
            is_over = True
    writer.close()
    return Answer(got.decode("latin-1"), is_over)
