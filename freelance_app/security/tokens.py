"""Session tokens: random in the cookie, a hash of them in the database."""

import hashlib
import secrets

from freelance_app.settings import settings

# A __Host- cookie cannot be set by a subdomain, but browsers take it over TLS only.
COOKIE = "__Host-sid" if settings.is_https else "sid"


def new() -> str:
    """Return a token of 256 random bits."""
    return secrets.token_urlsafe(32)


def digest(token: str) -> str:
    """Return what the database keeps of a token (sha256, hex)."""
    return hashlib.sha256(token.encode()).hexdigest()


def in_cookie(header: str) -> str:
    """Return the token in a Cookie header, or an empty string.

    Read by hand: Python's parser gives up at the first cookie that it does not like, and anybody
    else's cookie on this host may be such a one. The first of the name counts, everywhere.
    """
    for pair in header.split(";"):
        name, _equals, value = pair.strip().partition("=")
        if name == COOKIE:
            return value
    return ""
