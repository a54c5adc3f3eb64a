"""Small files that the demo's freelancers hand in."""

import hashlib
import secrets

from freelance_app.integrations.storage.registry import storage
from freelance_app.services.instance.files import NewFile


def sheet(name: str) -> NewFile:
    """Store a page of text under a name, and return what describes it."""
    content = f"{name}\n\nA file of the demo.\n".encode()
    path, key = storage.incoming(), secrets.token_hex(32)
    path.write_bytes(content)
    storage.keep(key, path)
    return NewFile(name, "text/plain", len(content), hashlib.sha256(content).hexdigest(), key)
