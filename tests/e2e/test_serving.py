"""One running server, seen by browsers: languages, headers, ways round it."""

import re

import pytest

from scripts.serving import status_of

SIGN_IN = {"en-GB": ("en", "Sign in"), "sw-KE": ("sw", "Ingia")}


@pytest.mark.parametrize("locale", SIGN_IN)
def test_one_server_speaks_the_language_of_each_browser(server, visit, shot, locale):
    language, words = SIGN_IN[locale]
    page = visit(server, locale=locale)
    page.goto("/login")
    button = page.get_by_role("button", name=words, exact=True)
    button.and_(page.locator(":enabled")).wait_for()
    assert page.locator("html").get_attribute("lang") == language
    shot(page, f"login-{language}")


def test_a_chosen_language_beats_the_browsers(server, visit):
    page = visit(server, locale="en-GB")
    page.context.add_cookies([{"name": "lang", "value": "sw", "url": server.url}])
    page.goto("/login")
    assert page.locator("html").get_attribute("lang") == "sw"


@pytest.mark.parametrize("coding", ["identity", "gzip", "br"])
def test_scripts_come_after_what_a_page_is_painted_with(server, visit, coding):
    page = visit(server)
    asked = page.request.get("/login", headers={"Accept-Encoding": coding})
    assert asked.headers.get("content-encoding", "identity") == coding
    named = re.findall("<link[^>]*modulepreload[^>]*>", asked.text())
    assert named
    assert [link for link in named if 'fetchpriority="low"' not in link] == []


def test_an_unknown_page_says_so_and_is_404(server, visit):
    page = visit(server, expected=["404"])
    answer = page.goto("/no-such-page")
    assert answer.status == 404
    page.get_by_role("heading", level=1).wait_for()


def test_the_numeric_name_of_this_machine_leads_to_the_public_one(server, visit):
    page = visit(server)
    page.goto(server.url.replace("localhost", "127.0.0.1") + "/login")
    assert page.url == f"{server.url}/login"


@pytest.mark.parametrize(
    "path", ["/_upload", "/_upload/x", "/_health", "/_all_routes", "/auth-codespace"]
)
def test_what_reflex_would_open_by_itself_is_closed(server, path):
    assert status_of(server.url + path) == 404


def test_scripts_of_others_do_not_run(server, visit):
    page = visit(server, expected=["Content Security Policy"])
    page.goto("/login")
    page.evaluate(
        "document.body.append(Object.assign(document.createElement('script'),"
        " {textContent: 'window.stolen = true'}))"
    )
    assert page.evaluate("window.stolen") is None
