"""Composition root: the only module that knows every room."""

import gc
import logging

import reflex as rx
from reflex.event import EventSpec
from starlette.types import ASGIApp

from freelance_app import db, pages, theme
from freelance_app.api.app import api
from freelance_app.api.site import site
from freelance_app.errors import BusyError, DomainError
from freelance_app.integrations.push.registry import broker
from freelance_app.models import schema
from freelance_app.security import intake, logs
from freelance_app.security.actor import Actor
from freelance_app.security.event_limit import close_all, with_event_limit
from freelance_app.security.guard import Guard
from freelance_app.security.headers import with_security_headers
from freelance_app.services.accounts import actors, sessions
from freelance_app.settings import settings
from freelance_app.state import held
from freelance_app.state.feedback import toast
from freelance_app.text import _
from freelance_app.worker import loop, wings

__all__ = ["app", "asgi", "pages"]

# New objects before the youngest are looked at, and how often that happens before the older ones.
COLLECT_AFTER = (20_000, 20, 50)

log = logging.getLogger(__name__)


def show_error(exception: Exception) -> EventSpec:
    """Turn an exception of any event into a toast; log only what is a bug."""
    if isinstance(exception, DomainError | BusyError):
        return toast.error(exception.message)
    if broker.is_outage(exception):
        log.warning("redis is away: %s", exception)
        return toast.error(BusyError().message)
    log.error("unhandled error in an event", exc_info=exception)
    return toast.error(_("Something went wrong on our side. Please try again."))


async def identify(token: str) -> Actor | None:
    """Return the person whose living session this token opens."""
    if not token:
        return None
    return actors.actor_of(await db.look_up(actors.STATEMENT, actors.values(token)))


async def touch(token: str) -> None:
    """Note that a session is in use."""
    if await db.look_up(sessions.IDLE, sessions.idle_values(token)):
        await db.in_thread(db.write, sessions.touch, token=token)


def require_ready() -> None:
    """Refuse to start on a database that is not the one this code was written for."""
    schema.require_ready(db.engine)


async def carry_news() -> None:
    """Hear what other processes changed."""
    await broker.run(after_gap=reconnect_pages)


async def reconnect_pages() -> None:
    """Let every page connect again, which loads it: events were lost while Redis was away.

    It may come back at another process, to which this one then gives its state at once.
    """
    await held.hear_releases(app.state_manager)
    await held.give_back(app.state_manager)
    log.info("Redis is there again: %s pages connect again", await close_all())


def head() -> list[rx.Component]:
    """Return what stands in the head of every page; Reflex adds the colour mode itself."""
    font = {"as": "font", "type": "font/woff2", "crossOrigin": "anonymous"}
    return [
        rx.el.link(rel="preload", href=theme.FONT, custom_attrs=font),
        rx.el.script(src=theme.BEHAVIOUR, defer=True),
    ]


wings.load()
pages.register_all()

app = rx.App(
    html_lang=settings.default_language,
    stylesheets=theme.STYLESHEETS,
    reset_style=False,
    head_components=head(),
    toaster=rx.toast.provider(rich_colors=False),
    backend_exception_handler=show_error,
    frontend_exception_handler=intake.note_report,
    api_transformer=[api],
)
intake.put_before(app)
app.add_middleware(Guard(identify, touch))
app.register_lifespan_task(require_ready)
app.register_lifespan_task(carry_news)
if settings.worker_in_server:
    app.register_lifespan_task(loop.run)


def collect_less_often() -> None:
    """Keep Python's collector of cycles from walking through all that lives for good.

    With its defaults it took a third of each event: it looks after every 700 new objects, and tasks
    that wait, states of tabs and the code itself are no garbage.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(*COLLECT_AFTER)


def asgi() -> ASGIApp:
    """Return what uvicorn serves: Reflex, the API and the builds behind limits and headers."""
    logs.configure()
    collect_less_often()
    return with_security_headers(with_event_limit(site(events=app(), http=api)))
