"""Where a request comes from: its site, its machine, the page before it."""

import asyncio
import ipaddress
from urllib.parse import urlsplit

from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from freelance_app import routes
from freelance_app.settings import settings
from freelance_app.text import _

SAFE_METHODS = {"GET", "HEAD", "OPTIONS"}
BY_TOKEN = "/api/"  # noqa: S105  (no cookie counts there, so no other site can lend it)
FORM_BYTES = 32_768
FORM_SECONDS = 60.0  # a phone on the slowest link needs ten
PATH_LENGTH = 500
V6_SUBSCRIBER = 64  # an ISP gives each subscriber that many bits and more


class OriginGuard:
    """Refuse what another site sent in our person's name, before anything is read of it.

    A browser names the origin of every POST, and no page can forge it. A form goes on once it is
    whole, or is refused when it takes too long.
    """

    def __init__(self, app: ASGIApp) -> None:
        """Take the app behind it."""
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer with a refusal, or let the request through."""
        request = Request(scope, receive) if scope["type"] == "http" else None
        refusal = _refusal(request) if request else None
        if request and not refusal and _is_form(request):
            try:
                receive = await _whole(request)
            except TimeoutError:
                refusal = PlainTextResponse(_("This form did not arrive in time."), 408)
            except ClientDisconnect:
                return
        await (refusal or self._app)(scope, receive, send)


async def _whole(request: Request) -> Receive:
    """Return a form, which is short, once all of it is here: who trickles holds nothing for long.

    Raises:
        TimeoutError: it did not come in time.
        ClientDisconnect: nobody waits for the answer.
    """
    async with asyncio.timeout(FORM_SECONDS):
        body = await request.body()
    form: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def again() -> Message:
        return form.pop() if form else await request.receive()

    return again


def _is_form(request: Request) -> bool:
    return request.method not in SAFE_METHODS and request.url.path.startswith(routes.AUTH)


def _refusal(request: Request) -> Response | None:
    path = request.url.path
    if request.method in SAFE_METHODS or path.startswith(BY_TOKEN):
        return None
    if request.headers.get("origin") != settings.public_url:
        sentence = _("This form came from another address. Please use {address}.")
        return PlainTextResponse(sentence.format(address=settings.public_url), 403)
    if _is_form(request) and not _is_short(request.headers.get("content-length", "")):
        return PlainTextResponse(_("This form is too long."), 413)
    return None


def _is_short(length: str) -> bool:
    return length.isdecimal() and int(length) <= FORM_BYTES


def client_address(request: Request) -> str:
    """Return the machine that asks, as limits count it: of IPv6 the subscriber's network.

    Only the proxies that the settings know are believed: of X-Forwarded-For the entry that the
    outermost of them wrote. What stands before it was written by the client itself.
    """
    peer = request.client.host if request.client else ""
    hops = settings.trusted_proxy_hops
    entries = ",".join(request.headers.getlist("x-forwarded-for")).split(",")
    named = entries[-hops].strip() if 0 < hops <= len(entries) else ""
    return _network(named) or _network(peer) or peer


def _network(address: str) -> str:
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return ""
    if parsed.version == 4:
        return str(parsed)
    if parsed.ipv4_mapped:
        return str(parsed.ipv4_mapped)
    return str(ipaddress.ip_network((parsed, V6_SUBSCRIBER), strict=False))


def safe_path(wanted: str, default: str = routes.HOME) -> str:
    r"""Return where to go next when it is a page of ours, else the default.

    Browsers read "//host", "/\host" and "/<tab>/host" as other sites.
    """
    is_own = wanted.startswith("/") and not wanted.startswith(("//", routes.AUTH))
    is_plain = "\\" not in wanted and wanted.isascii() and wanted.isprintable()
    fits = len(wanted) <= PATH_LENGTH and " " not in wanted
    return wanted if is_own and is_plain and fits else default


def came_from(request: Request) -> str:
    """Return the page of ours from which a form was sent, or an empty string."""
    referer = request.headers.get("referer", "")
    if not referer.startswith(f"{settings.public_url}/"):
        return ""
    parts = urlsplit(referer)
    return safe_path(f"{parts.path}?{parts.query}" if parts.query else parts.path, "")
