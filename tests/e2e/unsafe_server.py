"""The product without sanitizer and CSP, its files shown: proof that texts and files are hostile.

`uvicorn --factory tests.e2e.unsafe_server:asgi`. The product itself has no such switch.
"""

import mimetypes

from markdown_it import MarkdownIt
from starlette.types import ASGIApp

from freelance_app import markup
from freelance_app.api import files, site
from freelance_app.security import headers


def _as_typed(source: str) -> markup.SafeHtml:
    parser = MarkdownIt("commonmark", {"html": True})
    parser.validateLink = lambda _url: True
    return markup.SafeHtml(parser.render(source))


def _no_policy(_page: str = "") -> str:
    return "default-src * data: blob: 'unsafe-inline' 'unsafe-eval'"


def _shown(found: files.Download) -> dict[str, str]:
    kind = mimetypes.guess_type(found.name)[0] or found.content_type
    return {"Content-Type": kind, "Content-Disposition": "inline"}


markup.render = _as_typed
headers.content_security_policy = _no_policy
site.content_security_policy = _no_policy
files._headers = _shown
for name in ("X-Content-Type-Options", "X-Frame-Options"):
    del headers.HEADERS[name]


def asgi() -> ASGIApp:
    """Return the app, imported only now, so that every module finds what was put in place."""
    from freelance_app.freelance_app import asgi as product

    return product()
