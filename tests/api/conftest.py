"""A client over real HTTP semantics, on an open instance."""

import secrets

import pytest
from starlette.testclient import TestClient

from freelance_app import db
from freelance_app.api.app import api
from freelance_app.models import Person
from freelance_app.security import passwords, tokens
from freelance_app.security.headers import with_security_headers
from freelance_app.services.accounts import sessions
from freelance_app.settings import settings
from tests.services.accounts.conftest import FORM, open_door

__all__ = ["open_door"]

PASSWORD = FORM.password
HERE = {"origin": settings.public_url}
BY_SCRIPT = {"accept": "application/problem+json"}


@pytest.fixture
def database(sqlite):
    """Use SQLite alone: what depends on the database is tested with the services."""


class Browser(TestClient):
    """Keeps cookies and names its origin, as a browser does; follows nothing."""

    def post_form(self, path, data=None, **headers):
        return self.post(path, data=data or {}, headers=HERE | headers)

    def submit(self, path, data=None, **headers):
        """Post as assets/forms.js does."""
        return self.post(path, data=data or {}, headers=HERE | BY_SCRIPT | headers)

    @property
    def sid(self):
        return self.cookies.get(tokens.COOKIE)

    @property
    def actor(self):
        return db.read(sessions.find_actor, token=self.sid or "")


def new_browser():
    """Return another browser, at an address of its own."""
    peer = (f"2001:db8:{secrets.token_hex(2)}:{secrets.token_hex(2)}::1", 1234)
    app = with_security_headers(api)
    return Browser(app, settings.public_url, follow_redirects=False, client=peer)


@pytest.fixture
def http(database):
    return new_browser()


@pytest.fixture(scope="session")
def stored():
    """Return the hash of PASSWORD, made once."""
    return passwords.hash_of(PASSWORD)


@pytest.fixture
def alice(sqlite_world, stored):
    """Give Alice a password; return what she types."""

    def give(session):
        person = session.get_one(Person, sqlite_world.alice.person_id)
        person.password_hash = stored
        return {"email": person.email, "password": PASSWORD}

    return db.write(give)
