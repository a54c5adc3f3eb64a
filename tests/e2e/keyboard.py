"""A person without a mouse: Tab, typing, Enter; what has the focus must show it.

No function here puts the focus anywhere by script: each element is reached by its keys.
"""

from playwright.sync_api import Page

MOST_TABS = 90
# What has the focus: its name for people, and whether a ring or an edge shows it.
FOCUSED = """() => {
  const element = document.activeElement;
  if (!element || element === document.body) return ["", true];
  const shows = (target, part) => {
    const style = getComputedStyle(target, part);
    return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0
      || style.boxShadow !== "none";
  };
  const label = element.labels?.[0]?.innerText || element.getAttribute("aria-label")
    || element.innerText || element.value || element.tagName;
  const near = [element, element.closest("label, article"), element.nextElementSibling];
  const isShown = near.some((each) => each && shows(each)) || shows(element, "::after");
  return [label.trim().replace(/\\s+/g, " "), isShown];
}"""


def focused(page: Page) -> str:
    """Return the name of what has the focus, and see it outlined; empty for nothing."""
    label, is_outlined = page.evaluate(FOCUSED)
    assert is_outlined, f"{label!r} has the focus, and nothing shows it"
    return label


def tab_to(page: Page, name: str) -> None:
    """Press Tab until an element whose name begins so has the focus, and see it outlined."""
    seen = []
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        label = focused(page)
        seen.append(label[:30])
        if label.startswith(name):
            return
    raise AssertionError(f"{name!r} is not reached by Tab: {seen}")


def fill(page: Page, name: str, words: str) -> None:
    """Reach a field and type over what stands in it."""
    tab_to(page, name)
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.insert_text(words)


def press(page: Page, name: str) -> None:
    """Reach a button or link and press it."""
    tab_to(page, name)
    page.keyboard.press("Enter")
