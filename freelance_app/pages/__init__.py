"""Pages: one module for each, in its wing; Reflex learns of them by their import."""

import importlib
import pkgutil

from freelance_app.settings import settings

DEV = "freelance_app.pages.dev"


def register_all() -> list[str]:
    """Import every page module and return their names; the kit only with `make dev`."""
    found = pkgutil.walk_packages(__path__, prefix=f"{__name__}.")
    names = [each.name for each in found if not each.ispkg]
    wanted = [name for name in names if settings.dev_pages or not name.startswith(DEV)]
    for name in wanted:
        importlib.import_module(name)
    return wanted
