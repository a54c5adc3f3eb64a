"""The server knows every service: what registers itself is never silently missing."""

import pkgutil
import subprocess
import sys

from freelance_app import services

ASK = (
    "import sys, freelance_app.freelance_app;"
    "print(*(name for name in sys.modules if name.startswith('freelance_app.services')))"
)


def test_a_server_without_a_worker_has_loaded_every_service(monkeypatch):
    monkeypatch.setenv("WORKER_IN_SERVER", "false")
    asked = subprocess.run([sys.executable, "-c", ASK], capture_output=True, text=True, check=True)
    found = pkgutil.walk_packages(services.__path__, prefix=f"{services.__name__}.")
    assert {each.name for each in found} - set(asked.stdout.split()) == set()
