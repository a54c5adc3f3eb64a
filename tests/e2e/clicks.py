"""Count what a person presses: buttons, links, radios and options, each once; typing is free."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import BrowserContext

# In the page, on its way down: a press on a label arrives again as one on its radio. The element
# that counts is marked on the event, so that nested controls are one press.
LISTEN = """(() => {
  const pressed = "button, a[href], summary, input[type=radio], input[type=checkbox], " +
    "input[type=submit], [role=button], [role=radio], [role=option], [role=menuitem], [role=tab]";
  const tell = (element) => window.harbourPressed(
    (element.getAttribute("aria-label") || element.labels?.[0]?.innerText || element.innerText
      || element.name || element.tagName).trim().split("\\n")[0].slice(0, 40));
  addEventListener("click", (event) => {
    const element = event.target instanceof Element && event.target.closest(pressed);
    if (event.isTrusted && element) tell(element);
  }, true);
  addEventListener("change", (event) => {
    if (event.target instanceof HTMLSelectElement) tell(event.target);
  }, true);
})()"""


class Clicks:
    """The presses of one person's browser, step by step."""

    def __init__(self, context: BrowserContext) -> None:
        self.total = 0
        self._context = context
        self._pressed: list[str] = []
        context.expose_function("harbourPressed", lambda what: self._pressed.append(what))
        context.add_init_script(LISTEN)

    @contextmanager
    def step(self, name: str, *, at_most: int | None = None) -> Iterator[None]:
        """Print the presses of this step, and fail when they are more than the design allows."""
        before = len(self._pressed)
        yield
        for page in self._context.pages:
            page.evaluate("0")  # its presses have arrived when its answer has
        pressed = self._pressed[before:]
        self.total += len(pressed)
        allowed = f" of {at_most}" if at_most is not None else ""
        line = f"  {len(pressed):2}{allowed} clicks  {name}: {', '.join(pressed)}\n"
        sys.stdout.write(line)
        assert at_most is None or len(pressed) <= at_most, f"{name} takes {len(pressed)} clicks"
