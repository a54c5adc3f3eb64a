"""The browser of the tests: the system's Chromium, since a wheel brings none.

`python -m tests.e2e.browser` installs it where apt and root allow, else says how.
"""

import os
import shutil
import subprocess
import sys

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
UPDATE = ["apt-get", "update", "--quiet"]
APT = ["apt-get", "install", "--yes", "--no-install-recommends"]
QUIET = ["--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
QUIET += ["--disable-component-update", "--disable-sync"]


def find() -> str | None:
    """Return the path of a Chromium: CHROMIUM, or the first of the usual names."""
    names = [named] if (named := os.environ.get("CHROMIUM")) else NAMES
    return next(filter(None, map(shutil.which, names)), None)


def arguments() -> list[str]:
    """Return its flags: it calls nobody, and root has no sandbox."""
    return QUIET + (["--no-sandbox"] if os.geteuid() == 0 else [])


def may_install() -> bool:
    """Whether this machine has apt and we are root."""
    return os.geteuid() == 0 and has_apt()


def has_apt() -> bool:
    """Whether this machine has apt."""
    return shutil.which(APT[0]) is not None


def by_hand(*packages: str) -> str:
    """Return what a person types to install packages, or looks for where there is no apt."""
    names = " ".join(packages)
    if not has_apt():
        return f"this system's own packages of what Debian calls {names}"
    root = "" if os.geteuid() == 0 else "sudo "
    return f"{root}{' '.join(UPDATE)} && {root}{' '.join(APT)} {names}"


def apt_install(*packages: str) -> None:
    """Install packages; whoever asks looks afterwards whether they are there."""
    quiet = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(UPDATE, env=quiet, check=False)
    subprocess.run([*APT, *packages], env=quiet, check=False)


def install() -> int:
    """Install Chromium if it is missing and we may; return 1 when a person has to."""
    if not find() and may_install():
        apt_install("chromium")
    if find():
        return 0
    sys.stderr.write(
        "The browser tests need Chromium. Install it, or name one by CHROMIUM=/path/to/it:\n"
        f"    {by_hand('chromium')}\n"
    )
    return 1


if __name__ == "__main__":
    sys.exit(install())
