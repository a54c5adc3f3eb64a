"""The engines beside Chromium, from apt: `python -m tests.engines.install`.

It never fails: a test whose engine is missing is skipped, and says the line to type.
"""

import shutil
import sys

from tests.e2e import browser

PROGRAMS = {"firefox": ["firefox-esr"], "webkit": ["WebKitWebDriver", "Xvfb"]}
PACKAGES = {"firefox": ["firefox-esr"], "webkit": ["webkit2gtk-driver", "xvfb"]}


def missing(engine: str) -> bool:
    """Whether a program of the engine is not in the path."""
    return not all(map(shutil.which, PROGRAMS[engine]))


def line(*engines: str) -> str:
    """Return what a person does to have them."""
    return browser.by_hand(*(package for engine in engines for package in PACKAGES[engine]))


def install() -> None:
    """Install what is missing where apt and root allow, else say how."""
    wanted = [engine for engine in PROGRAMS if missing(engine)]
    if wanted and browser.may_install():
        browser.apt_install(*(package for engine in wanted for package in PACKAGES[engine]))
    if wanted := [engine for engine in wanted if missing(engine)]:
        names = " and ".join(wanted)
        sys.stderr.write(f"Without {names} the journey there is skipped:\n    {line(*wanted)}\n")


if __name__ == "__main__":
    install()
