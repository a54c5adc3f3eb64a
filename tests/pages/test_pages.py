"""Every page builds; page functions run at compile time only, so nothing else would tell."""

import re
from pathlib import Path

import pytest
from reflex_base.registry import RegistrationContext

from freelance_app import pages, routes, theme
from freelance_app.build import OneScript
from freelance_app.components.ui.icons import ICONS

MODULES = pages.register_all()
DECORATED = RegistrationContext.ensure_context().decorated_pages
PAGES = [build for build, _ in DECORATED]
SPRITE = Path("assets/icons.svg")


def test_every_page_module_registers_one_page():
    registered = [build.__module__ for build in PAGES]
    assert sorted(registered) == sorted(MODULES)


def test_every_page_has_a_route_of_ours_a_title_and_a_description():
    known = {value for name, value in vars(routes).items() if name.isupper()}
    for build, options in DECORATED:
        assert options["route"] in known, build.__name__
        assert options["title"], build.__name__
        assert options["description"], build.__name__


@pytest.mark.parametrize("build", PAGES, ids=lambda build: build.__name__)
def test_page_builds(build):
    assert "main" in str(build().render())


@pytest.mark.parametrize("build", PAGES, ids=lambda build: build.__name__)
def test_no_page_uses_radix(build):
    assert not [name for name in build()._get_all_imports() if "radix" in name]


def test_the_sprite_holds_every_icon():
    assert set(re.findall('symbol id="([^"]+)"', SPRITE.read_text())) == ICONS


def test_no_stylesheet_is_too_long():
    assert [f.name for f in Path("assets/css").iterdir() if f.read_text().count("\n") > 250] == []


def test_the_behaviour_is_short():
    scripts = [*Path("assets").glob("*.js")]
    assert [each.name for each in scripts if each.read_text().count("\n") > 150] == []
    assert len(scripts) <= 3


def test_every_page_loads_the_scripts_as_one():
    [(path, text)] = OneScript().get_static_assets()
    assert theme.BEHAVIOUR.startswith(f"/{path.relative_to('public')}?")
    for script in Path("assets").glob("*.js"):
        assert script.read_text() in text
