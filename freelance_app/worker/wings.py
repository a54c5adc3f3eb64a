"""The effects that deadlines name: a wing registers its own when it is imported."""

import importlib
import pkgutil

from freelance_app import services


def load() -> None:
    """Import every service, so that a worker without pages knows each effect too."""
    for each in pkgutil.walk_packages(services.__path__, prefix=f"{services.__name__}."):
        importlib.import_module(each.name)
