"""The side bar marks the place of a page: every page has one, and the reader sees exactly one."""

from collections.abc import Iterator
from typing import Any

import pytest
from reflex_base.registry import RegistrationContext

from freelance_app import pages, routes

pages.register_all()
DECORATED = RegistrationContext.ensure_context().decorated_pages
# The bell leads to notices; the kit is for those who build.
WITHOUT_PLACE = {routes.NOTIFICATIONS, routes.KIT}
CLIENTS = {routes.MY_JOBS}
FREELANCERS = {routes.JOBS, routes.PROPOSALS, routes.EARNINGS}
BOTH_SIDES = {
    routes.JOB: {routes.JOBS, routes.MY_JOBS},
    routes.PROPOSAL: {routes.PROPOSALS, routes.MY_JOBS},
}


def walk(component: Any) -> Iterator[Any]:
    yield component
    for child in getattr(component, "children", []):
        yield from walk(child)


def has_class(component: Any, name: str) -> bool:
    return name in str(getattr(component, "class_name", "")).split('"')


def marked(build) -> set[str]:
    """Return the addresses that the side bar of a page marks, whoever looks."""
    navs = [each for each in walk(build()) if has_class(each, "side")]
    links = [each for nav in navs for each in walk(nav) if has_class(each, "side__item")]
    return {
        str(link.to).strip('"')
        for link in links
        if "page" in str(getattr(link, "aria_current", "") or link.custom_attrs)
    }


def has_side(build) -> bool:
    return any(has_class(each, "side") for each in walk(build()))


FRAMED = [(build, options["route"]) for build, options in DECORATED if has_side(build)]


def test_signed_in_pages_have_a_side_bar():
    assert len(FRAMED) >= 25


@pytest.mark.parametrize(("build", "route"), FRAMED, ids=lambda each: str(each))
def test_a_page_is_marked_at_one_place_for_each_side(build, route):
    places = marked(build)
    if route in WITHOUT_PLACE:
        assert places == set()
    elif route in BOTH_SIDES:
        assert places == BOTH_SIDES[route]
        assert len(places & CLIENTS) == len(places & FREELANCERS) == 1
    else:
        assert len(places) == 1
