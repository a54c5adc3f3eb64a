"""The browser of the tests: the system's Chromium, since a wheel brings none.

`python -m tests.e2e.browser` installs it where apt and root allow, else says how.
"""

import os
import shutil
import subprocess
import sys

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
APT = ["apt-get", "install", "--yes", "--no-install-recommends"]
QUIET = ["--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
QUIET += ["--disable-component-update", "--disable-sync"]


def find() -> str | None:
    """Return the path of a Chromium: CHROMIUM, or the first of the usual names."""
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)


def arguments() -> list[str]:
    """Return its flags: it calls nobody, and root has no sandbox."""
    return QUIET + (["--no-sandbox"] if os.geteuid() == 0 else [])


def may_install() -> bool:
    """Whether this machine has apt and we are root."""
    return os.geteuid() == 0 and shutil.which("apt-get") is not None


def apt_install(*packages: str) -> None:
    """Install packages; whoever asks looks afterwards whether they are there."""
    quiet = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(["apt-get", "update", "--quiet"], env=quiet, check=False)
    subprocess.run([*APT, *packages], env=quiet, check=False)


def install() -> int:
    """Install Chromium if it is missing and we may; return 1 when a person has to."""
    if not find() and may_install():
        apt_install("chromium")
    if find():
        return 0
    sys.stderr.write(
        "The browser tests need Chromium. Install it, or name one by CHROMIUM=/path/to/it:\n"
        f"    sudo {' '.join(APT)} chromium\n"
    )
    return 1


if __name__ == "__main__":
    sys.exit(install())
