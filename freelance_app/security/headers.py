"""The outermost ASGI wrapper: security headers on every answer."""

import base64
import hashlib
import re
from functools import cache

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from freelance_app.settings import settings

INLINE_SCRIPT = re.compile(r"<script(?![^>]*\bsrc=)[^>]*>(.*?)</script>", re.DOTALL)
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
ONE_YEAR = "max-age=31536000"


@cache
def content_security_policy(page: str = "") -> str:
    """Return the CSP: own scripts, and the inline ones that the build wrote into this page.

    They are named by their hash, page by page: all of them together would be a header that
    proxies refuse. Reflex evaluates the scripts that its server sends (toasts, redirects):
    'unsafe-eval' stays.
    """
    hashes = sorted({_hash(script) for script in INLINE_SCRIPT.findall(page)})
    scripts = " ".join(["'self'", "'unsafe-eval'", *hashes])
    socket = re.sub("^http", "ws", settings.public_url)  # old Safari: 'self' covers no socket
    return (
        f"default-src 'self'; script-src {scripts}; style-src 'self' 'unsafe-inline'; "
        f"img-src 'self' data:; connect-src 'self' {socket}; object-src 'none'; "
        "base-uri 'self'; form-action 'self'; frame-ancestors 'none'"
    )


def _hash(script: str) -> str:
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    return f"'sha256-{digest}'"


def add_to(headers: MutableHeaders) -> None:
    """Add every header that the answer does not set itself: a file's own CSP is stricter."""
    headers.setdefault("Content-Security-Policy", content_security_policy())
    for name, value in HEADERS.items():
        headers.setdefault(name, value)
    if settings.is_https:
        headers.setdefault("Strict-Transport-Security", ONE_YEAR)


def with_security_headers(app: ASGIApp) -> ASGIApp:
    """Wrap an app: headers added, scheme taken from the public URL (a proxy ends TLS)."""

    async def wrapped(scope: Scope, receive: Receive, send: Send) -> None:
        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                add_to(MutableHeaders(scope=message))
            await send(message)

        if settings.is_https and scope["type"] in {"http", "websocket"}:
            scope = {**scope, "scheme": "https" if scope["type"] == "http" else "wss"}
        await app(scope, receive, send_with_headers)

    return wrapped
