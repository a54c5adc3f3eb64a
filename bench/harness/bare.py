"""A bare Reflex app with one counter, written into a folder and served as Harbour is."""

from pathlib import Path

CONFIG = """\
import reflex as rx
from reflex_base.constants import StateManagerMode

config = rx.Config(
    app_name="counter",
    api_url="{url}",
    deploy_url="{url}",
    cors_allowed_origins=["{url}"],
    state_manager_mode=StateManagerMode.MEMORY,
    disable_plugins=[rx.plugins.SitemapPlugin],
    telemetry_enabled=False,
    show_built_with_reflex=False,
)
"""

APP = """\
import reflex as rx


class Counter(rx.State):
    count: int = 0

    @rx.event
    async def enter(self):
        self.count = 0

    @rx.event
    async def add(self):
        self.count += 1


@rx.page("/", on_load=Counter.enter)
def index() -> rx.Component:
    return rx.el.main(rx.el.button(Counter.count, on_click=Counter.add))


app = rx.App()
"""

FACTORY = "counter.counter:app"
STATE = "reflex___state____state.counter___counter____counter"


def write(folder: Path, url: str) -> None:
    """Write the app into a folder."""
    (folder / "counter").mkdir(parents=True)
    (folder / "rxconfig.py").write_text(CONFIG.format(url=url), encoding="utf-8")
    (folder / "counter" / "__init__.py").touch()
    (folder / "counter" / "counter.py").write_text(APP, encoding="utf-8")
