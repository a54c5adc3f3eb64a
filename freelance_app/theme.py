"""The look: stylesheets in their order, font, icons, the behaviour that HTML lacks.

No other Python file names a colour; the values are custom properties in assets/css/tokens.css.
"""

from hashlib import sha256
from pathlib import Path

ASSETS = Path(__file__).parent.parent / "assets"


def asset(path: str) -> str:
    """Return the address of an asset with its version, so that browsers may keep it for ever."""
    file = ASSETS / path
    version = sha256(file.read_bytes()).hexdigest()[:8] if file.exists() else "missing"
    return f"/{path}?v={version}"


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
        "money",
        "messages",
        "proposals",
        "terms",
        "jobs",
    )
]
FONT = "/fonts/inter-latin-wght-normal.woff2"
BEHAVIOUR = [asset("app.js"), asset("forms.js")]
ICONS = asset("icons.svg")
