"""Open pages that show what others change."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

from freelance_app.errors import DomainError
from freelance_app.integrations.push.registry import hub

SECONDS_AFTER_A_FAULT = 1
# Seconds that counts and lists beside the page may be late, so that what is read comes before them.
ASIDE = 0.15

T = TypeVar("T")
log = logging.getLogger(__name__)


async def keep_fresh(
    state: Any,
    topic: str,
    read: Callable[[], Awaitable[T]],
    show: Callable[[T], None],
    *,
    also: str = "",
    pause: float = 0.0,
) -> None:
    """Read and show again whenever a topic changed, for as long as the page is open.

    Call it from a background handler, which Reflex cancels when the page is left. It subscribes
    first and then asks whether something changed since the page's load took its mark, so nothing is
    missed and nothing read twice. What `read` returns is read outside the state's lock and shown
    under it; only a refusal ends the listening. With a `pause` the read comes so many seconds after
    the change: what a person looks at goes first, and several changes are one read. `also` is a
    second topic.
    """
    topics = (topic, also) if also else (topic,)
    with hub.listen(*topics) as changed:
        mark = state._mark  # noqa: SLF001 - without the underscore the browser would get it
        if any(hub.has_changed(each, since=mark) for each in topics):
            changed.set()
        while True:
            await changed.wait()
            await asyncio.sleep(pause)
            changed.clear()
            try:
                news = await read()
            except DomainError:
                raise
            except Exception:
                log.exception("a listener could not read; it goes on")
                await asyncio.sleep(SECONDS_AFTER_A_FAULT)
                changed.set()
            else:
                async with state:
                    show(news)
