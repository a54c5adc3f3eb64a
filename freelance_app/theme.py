"""The look: stylesheets in their order, font, icons, the behaviour that HTML lacks.

No other Python file names a colour; the values are custom properties in assets/css/tokens.css.
"""

from hashlib import sha256
from pathlib import Path

ASSETS = Path(__file__).parent.parent / "assets"


def asset(path: str) -> str:
    """Return the address of an asset with its version, so that browsers may keep it for ever."""
    file = ASSETS / path
    return _versioned(path, file.read_bytes() if file.exists() else b"")


def behaviour() -> str:
    """Return the scripts of assets/ as one: each of its own would be one more request."""
    return "".join(path.read_text(encoding="utf-8") for path in sorted(ASSETS.glob("*.js")))


def _versioned(path: str, content: bytes) -> str:
    return f"/{path}?v={sha256(content).hexdigest()[:8]}"


STYLESHEETS = [
    f"/css/{name}.css"
    for name in (
        "tokens",
        "base",
        "layout",
        "pieces",
        "work",
        "forms",
        "overlays",
        "screens",
        "tables",
        "money",
        "messages",
        "proposals",
        "terms",
        "jobs",
    )
]
FONT = "/fonts/inter-latin-wght-normal.woff2"
BEHAVIOUR_FILE = "behaviour.js"  # the build writes it
BEHAVIOUR = _versioned(BEHAVIOUR_FILE, behaviour().encode())
ICONS = asset("icons.svg")
