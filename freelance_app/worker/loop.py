"""The worker's loops: in the server by default, or alone by `python -m freelance_app worker`."""

import asyncio
import logging
import signal
from collections.abc import Sequence
from contextlib import suppress

from freelance_app import db
from freelance_app.integrations.push.registry import broker, hub
from freelance_app.models import schema
from freelance_app.security import logs
from freelance_app.settings import settings
from freelance_app.worker import wings
from freelance_app.worker.schedule import CHORES, Chore

# What a process apart cannot do without a broker between the two.
DEAF = (
    "REDIS_URL is not set: this worker wakes no open page, which shows what it did when it is "
    "loaded again; and the server does not wake this worker, which looks every SWEEP_SECONDS"
)

log = logging.getLogger(__name__)


async def run(chores: Sequence[Chore] = CHORES) -> None:
    """Do every chore in a loop of its own, until cancelled: a slow mail server delays no money."""
    wings.load()
    async with asyncio.TaskGroup() as group:
        for chore in chores:
            group.create_task(_keep(chore), name=chore.act.__name__)


async def run_alone() -> None:
    """Do the same in a process of its own, until SIGTERM; what it has begun is finished."""
    logs.configure()
    schema.require_ready(db.engine)
    if settings.redis_url is None:
        log.warning(DEAF)
    task = asyncio.create_task(_run_with_broker())
    for each in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(each, task.cancel)
    with suppress(asyncio.CancelledError):
        await task


async def _run_with_broker() -> None:
    await asyncio.gather(broker.run(after_gap=_wake_no_page), run())


async def _wake_no_page() -> None:
    """Do nothing after a gap: a worker apart has no open pages, and its chores were woken."""


async def _keep(chore: Chore) -> None:
    """Act when a commit asks for it and at least every so often; no fault ends the loop."""
    with hub.listen(chore.topic) as poked:
        while True:
            poked.clear()
            try:
                await asyncio.to_thread(chore.act)
            except Exception:
                log.exception("%s failed; it is tried again", chore.act.__name__)
            with suppress(TimeoutError):
                await asyncio.wait_for(poked.wait(), chore.seconds)
