"""How fast a page leaves the front function, beside Starlette's StaticFiles in the same run."""

import asyncio
import sys
import tempfile
import time
from pathlib import Path

from starlette.responses import PlainTextResponse
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message

from bench.harness.figures import options
from freelance_app.api.site import site
from freelance_app.security.headers import with_security_headers
from freelance_app.settings import settings

REQUESTS, ROUNDS, FEW_ROUNDS = 1_000, 5, 1
PAGE = f"<html><script>start()</script>{'<p>words</p>' * 600}</html>"


def _scope(path: str) -> dict[str, object]:
    host = settings.public_url.split("://")[1].encode()
    headers = [(b"host", host), (b"accept-language", b"sw,en;q=0.5")]
    return {
        "type": "http",
        "method": "GET",
        "path": path,
        "raw_path": path.encode(),
        "root_path": "",
        "query_string": b"",
        "headers": headers,
        "server": ("localhost", 8000),
        "scheme": "http",
        "http_version": "1.1",
    }


async def _receive() -> Message:
    await asyncio.Event().wait()  # nothing more comes, and nobody hangs up
    raise AssertionError


async def _send(message: Message) -> None:
    if message["type"] == "http.response.start" and message["status"] != 200:
        raise SystemExit(f"answered {message['status']}")


async def _rate(app: ASGIApp, path: str, *, rounds: int) -> float:
    """Return the requests a second of the best round."""
    best = 0.0
    for _ in range(rounds):
        start = time.perf_counter()
        for _ in range(REQUESTS):
            await app(_scope(path), _receive, _send)
        best = max(best, REQUESTS / (time.perf_counter() - start))
    return best


async def main(*, rounds: int) -> None:
    """Measure both and print the ratio."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for language in settings.built_languages:
            (folder / language).mkdir()
            for page in ("index", "login", "404", "__spa-fallback"):
                (folder / language / f"{page}.html").write_text(PAGE, encoding="utf-8")
        nobody = PlainTextResponse("")
        front = with_security_headers(site(events=nobody, http=nobody, folder=folder))
        floor_app = StaticFiles(directory=folder / "en")
        ours = await _rate(front, "/login", rounds=rounds)
        floor = await _rate(floor_app, "/login.html", rounds=rounds)
    sys.stdout.write(
        f"a page of {len(PAGE)} bytes: front function {ours:,.0f}/s, StaticFiles {floor:,.0f}/s, "
        f"ratio {ours / floor:.1f}\n"
    )


if __name__ == "__main__":
    asyncio.run(main(rounds=FEW_ROUNDS if options(__doc__).short else ROUNDS))
