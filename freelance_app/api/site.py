"""The one ASGI function in front of everything: what is an event, what is HTTP, what is a file.

The files of every language's build are read once, with their compressed forms, when the server
starts: a request costs a look into a dict, and a later build does not disturb a running server.
"""

import hashlib
import mimetypes
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from freelance_app import routes
from freelance_app.security.headers import content_security_policy
from freelance_app.settings import settings

LANGUAGE_COOKIE: Final = "lang"
TO_EVENTS = ("/_event", "/ping")  # what else Reflex would open by itself stays closed
TO_HTTP = ("/api/", "/auth/", "/files", routes.HEALTH, routes.READY)

FALLBACK, MISSING = "__spa-fallback.html", "404.html"
COMPRESSED = {".br": "br", ".gz": "gzip"}  # the better one first
FOREVER = "public, max-age=31536000, immutable"
A_WEEK = "public, max-age=604800"
ASK_AGAIN = "no-cache"
VARIES = "Accept-Encoding, Accept-Language, Cookie"


@dataclass(frozen=True)
class StaticFile:
    """A file of a build: its bytes by encoding ("" is the plain one), and its headers."""

    bodies: Mapping[str, bytes]
    headers: Mapping[str, str]

    def answer(self, wanted: Headers, status: int = 200, *, keep: bool = False) -> Response:
        """Return the smallest form that this browser takes, or 304; `keep` it for ever."""
        if status == 200 and self.headers["ETag"] in wanted.get("if-none-match", ""):
            return Response(status_code=304, headers=dict(self.headers))
        accepted = set(_by_preference(wanted.get("accept-encoding", "")))
        encoding = next(
            (name for name in COMPRESSED.values() if name in self.bodies.keys() & accepted), ""
        )
        headers = dict(self.headers) | ({"Content-Encoding": encoding} if encoding else {})
        headers |= {"Cache-Control": FOREVER} if keep else {}
        return Response(self.bodies[encoding], status, headers)


Build = Mapping[str, StaticFile]


def site(
    *,
    events: ASGIApp,
    http: ASGIApp,
    folder: Path | None = None,
    patterns: Iterable[str] | None = None,
) -> ASGIApp:
    """Return the app of one server: Reflex for events, FastAPI for HTTP, a build for pages.

    Args:
        events: Reflex's app; it also gets the lifespan.
        http: The FastAPI app.
        folder: Where the builds are, one folder a language; by default as the settings say.
        patterns: The routes with variables, as `routes.py` writes them; by default all of them.

    Raises:
        RuntimeError: If there is no build.
    """
    builds = _read_builds(folder or settings.build_dir)
    is_dynamic = _matcher(_dynamic_routes() if patterns is None else patterns)

    async def serve(scope: Scope, receive: Receive, send: Send) -> None:
        path = scope.get("path", "")
        if scope["type"] == "lifespan" or path.startswith(TO_EVENTS):
            await events(scope, receive, send)
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close"})
        elif path.startswith(TO_HTTP) and "\0" not in path:  # which PostgreSQL would refuse
            await http(scope, receive, send)
        else:
            await _page(Request(scope), builds, is_dynamic)(scope, receive, send)

    return serve


def _page(
    request: Request, builds: Mapping[str, Build], is_dynamic: Callable[[str], bool]
) -> Response:
    """Answer with a page or another file of the build in the person's language."""
    if request.method not in {"GET", "HEAD"}:
        return Response(status_code=405, headers={"Allow": "GET, HEAD"})
    path = request.url.path.strip("/")
    build = builds[choose_language(request, builds)]
    if path in build and not path.endswith(".html"):
        is_versioned = "v" in request.query_params  # the hash of the file, put there by theme.py
        return build[path].answer(request.headers, keep=is_versioned)
    if path.startswith("assets/"):  # of a tab that was opened in another language
        found = next((other[path] for other in builds.values() if path in other), None)
        return found.answer(request.headers) if found else Response(status_code=404)
    if _is_elsewhere(request):
        query = f"?{request.url.query}" if request.url.query else ""
        return RedirectResponse(f"{settings.public_url}{request.url.path}{query}")
    page = f"{path or 'index'}.html"
    if page in build and page not in {FALLBACK, MISSING}:
        return build[page].answer(request.headers)
    if is_dynamic(f"/{path}"):
        return build[FALLBACK].answer(request.headers)
    return build[MISSING].answer(request.headers, 404)


def choose_language(request: Request, builds: Iterable[str]) -> str:
    """Return the language of this person: chosen once, else the browser's, else the default."""
    built = list(builds)
    browser = _by_preference(request.headers.get("accept-language", ""))
    asked = [request.cookies.get(LANGUAGE_COOKIE, ""), *(tag[:2].lower() for tag in browser)]
    return next((each for each in asked if each in built), built[0])


def _by_preference(header: str) -> list[str]:
    """Return the names of an Accept header, the best first; those refused by q=0 are left out."""
    weighed: list[tuple[float, str]] = []
    for entry in header.split(","):
        name, _, weight = entry.partition(";q=")
        quality = float(weight) if re.fullmatch(r"[01](\.\d{1,3})?", weight.strip()) else 1.0
        if name.strip() and quality > 0:
            weighed.append((-quality, name.strip()))
    return [name for _, name in sorted(weighed, key=lambda each: each[0])]


def _is_elsewhere(request: Request) -> bool:
    """Whether the browser knows this site by another name than the configured one."""
    host = request.headers.get("host", "")
    if settings.trusted_proxy_hops:
        host = request.headers.get("x-forwarded-host", host)
    return host.lower() != urlsplit(settings.public_url).netloc.lower()


def _dynamic_routes() -> list[str]:
    return [value for value in vars(routes).values() if isinstance(value, str) and "[" in value]


def _matcher(patterns: Iterable[str]) -> Callable[[str], bool]:
    """Return whether a path fits one of the patterns: "/jobs/[job_id]"."""
    parts = (re.split(r"\[\w+\]", pattern) for pattern in patterns)
    fits = re.compile("|".join("[^/]+".join(map(re.escape, literals)) for literals in parts))
    return lambda path: fits.fullmatch(path) is not None


def _read_builds(folder: Path) -> dict[str, Build]:
    """Return the builds by language, the default one first."""
    languages = [each for each in settings.built_languages if (folder / each).is_dir()]
    if not languages:
        raise RuntimeError("There is no build of the interface: run `make build`.")
    return {each: dict(_read_build(folder / each)) for each in languages}


def _read_build(folder: Path) -> Iterator[tuple[str, StaticFile]]:
    for path in folder.rglob("*"):
        if path.is_file() and path.suffix not in COMPRESSED:
            name = path.relative_to(folder).as_posix()
            yield name, _read_file(path, name)


def _read_file(path: Path, name: str) -> StaticFile:
    plain = path.read_bytes()
    bodies = {"": plain}
    for suffix, encoding in COMPRESSED.items():
        packed = path.with_name(path.name + suffix)
        if packed.is_file():
            bodies[encoding] = packed.read_bytes()
    kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
    is_text = kind.startswith("text/") or kind.endswith(("javascript", "json", "xml"))
    headers = {
        "Content-Type": f"{kind}; charset=utf-8" if is_text else kind,
        "Cache-Control": _cache_control(name),
        "ETag": f'"{hashlib.sha256(plain).hexdigest()[:20]}"',
        "Vary": VARIES if name.endswith(".html") else "Accept-Encoding",
    }
    if name.endswith(".html"):
        headers["Content-Security-Policy"] = content_security_policy(plain.decode())
    return StaticFile(bodies, headers)


def _cache_control(name: str) -> str:
    if name.startswith("assets/"):
        return FOREVER  # the name holds a hash of the content
    return A_WEEK if name.startswith("fonts/") else ASK_AGAIN
