"""Accessibility of a page as it stands, by axe-core: WCAG 2.2 A and AA, and good practice."""

from functools import cache
from pathlib import Path

from playwright.sync_api import Page

SOURCE = Path(__file__).parent / "node_modules" / "axe-core" / "axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]
EXCLUDED: list[str] = []
RUN = """async ({tags, excluded}) => {
  const context = excluded.length ? {exclude: excluded} : document;
  const {violations} = await axe.run(context, {runOnly: {type: "tag", values: tags}});
  return violations.flatMap(({id, help, nodes}) =>
    nodes.map(({target, failureSummary}) => `${id}: ${help}\\n  ${target}\\n  ${failureSummary}`));
}"""


@cache
def _source() -> str:
    return SOURCE.read_text(encoding="utf-8")


def violations(page: Page) -> list[str]:
    """Return what is wrong on the page, one text an element."""
    if not page.evaluate("typeof axe !== 'undefined'"):
        page.evaluate(_source())
    return page.evaluate(RUN, {"tags": TAGS, "excluded": EXCLUDED})


def check(page: Page) -> None:
    """Fail when the page has any violation."""
    found = violations(page)
    assert not found, f"{page.url}\n" + "\n".join(found)
