"""The docs are tested: what they name exists, and what exists is named."""

import re
from pathlib import Path

import pytest

from freelance_app.services.instance.policies import POLICIES
from freelance_app.settings import Settings

TOP = [Path(name) for name in ("README.md", "CHANGELOG.md", "SECURITY.md")]
PAGES = [*TOP, *sorted(Path("docs").rglob("*.md"))]
TEMPLATE = Path("docs/develop/decisions/0000-template.md")
DECISIONS = sorted({*TEMPLATE.parent.glob("[0-9][0-9][0-9][0-9]-*.md")} - {TEMPLATE})
HEADINGS = ("## Question", "## Decision", "## What it costs")

LINK = re.compile(r"\]\(([^)\s]+)\)")
TARGET = re.compile(r"\bmake ([a-z]+(?: [a-z]+)*)(?=`|$|\s+#|\n)", re.MULTILINE)
CODE = re.compile(r"`([^`\n]+)`|^ {4}(.+)$", re.MULTILINE)
COMMAND = re.compile(r"python -m freelance_app ([\w-]+)")
FILE = re.compile(r"^([\w./-]*[\w-]+\.(?:py|md|toml|css|js|po|svg))(?::(\w+))?$")
SETTING_LINE = re.compile(r"^### `([A-Z_]+)`$", re.MULTILINE)
CLI_COMMAND = re.compile(r'^    "([a-z-]+)": \w+,$', re.MULTILINE)
POLICY_ROW = re.compile(r"^\| `(\w+)` \| (\d+) \| (\d+) \| (\d+) \|", re.MULTILINE)


def code_of(path: Path) -> list[str]:
    """Return what a page shows as code: in the line, and indented."""
    return [line or block for line, block in CODE.findall(path.read_text())]


def anchors_of(path: Path) -> set[str]:
    headings = re.findall(r"^#+ (.+)$", path.read_text(), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", each).strip().lower().replace(" ", "-") for each in headings}


def test_every_setting_has_its_line_and_no_line_is_stale():
    told = SETTING_LINE.findall(Path("docs/operate/settings.md").read_text())
    assert sorted(told) == sorted(name.upper() for name in Settings.model_fields)


@pytest.mark.parametrize("name", Settings.model_fields)
def test_a_setting_is_told_with_its_default(name):
    text = Path("docs/operate/settings.md").read_text()
    told = text.split(f"### `{name.upper()}`\n")[1].split("\n#")[0]
    default = Settings.model_fields[name].default
    plain = str(default).lower() if isinstance(default, bool) else str(default)
    assert (f"`{plain}`" if default else "Default") in told


def test_every_policy_is_told_with_its_default_and_bounds():
    rows = POLICY_ROW.findall(Path("docs/operate/policies.md").read_text())
    told = {name: tuple(map(int, numbers)) for name, *numbers in rows}
    assert told == POLICIES


@pytest.mark.parametrize("page", PAGES, ids=str)
def test_every_link_leads_somewhere(page):
    for link in LINK.findall(page.read_text()):
        target, _, anchor = link.partition("#")
        if "://" not in link:
            found = (page.parent / target).resolve() if target else page.resolve()
            assert found.exists(), link
            assert not anchor or anchor in anchors_of(found), link


@pytest.mark.parametrize("page", PAGES, ids=str)
def test_every_make_target_exists(page):
    targets = set(re.findall(r"^([a-z]+):", Path("Makefile").read_text(), re.MULTILINE))
    asked = {
        word for code in code_of(page) for each in TARGET.findall(code) for word in each.split()
    }
    assert asked - targets == set()


def test_every_make_target_with_help_is_told_somewhere():
    with_help = re.findall(r"^([a-z]+):.*##", Path("Makefile").read_text(), re.MULTILINE)
    told = " ".join(code for page in PAGES for code in code_of(page))
    assert [name for name in with_help if not re.search(rf"\bmake [a-z ]*\b{name}\b", told)] == []


@pytest.mark.parametrize("page", PAGES, ids=str)
def test_every_command_exists(page):
    known = CLI_COMMAND.findall(Path("freelance_app/cli.py").read_text())
    assert set(COMMAND.findall(page.read_text())) - set(known) == set()


@pytest.mark.parametrize("page", sorted(Path("docs/develop").rglob("*.md")), ids=str)
def test_every_file_and_name_that_is_told_exists(page):
    roots = [Path(), Path("freelance_app"), Path("docs/develop"), Path("docs/operate")]
    for code in code_of(page):
        if named := FILE.match(code.strip()):
            found = [root / named[1] for root in roots if (root / named[1]).exists()]
            assert found, code
            defined = rf"^(?:async )?(?:def|class) {named[2]}\b"
            assert not named[2] or re.search(defined, found[0].read_text(), re.MULTILINE), code


@pytest.mark.parametrize("page", DECISIONS, ids=lambda page: page.stem)
def test_a_decision_says_question_decision_and_cost(page):
    text = page.read_text()
    assert [each for each in HEADINGS if f"\n{each}\n" not in text] == []
    assert text.startswith(f"# {page.name[:4]}. ")
    assert text.count("\n") <= 70, "a decision is one page"


def test_decisions_have_numbers_of_their_own():
    numbers = [page.name[:4] for page in DECISIONS]
    assert len(numbers) == len(set(numbers))


def test_every_page_of_the_docs_is_reached_from_the_index():
    reached, waiting = set(), [Path("README.md"), Path("docs/README.md")]
    while waiting:
        page = waiting.pop().resolve()
        if page in reached or page.suffix != ".md" or not page.exists():
            continue
        reached.add(page)
        links = [link.partition("#")[0] for link in LINK.findall(page.read_text())]
        waiting += [page.parent / link for link in links if link and "://" not in link]
    assert [str(page) for page in PAGES if page.resolve() not in reached] == []
