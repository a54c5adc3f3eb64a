"""By keyboard alone: sign in, post a job, send a proposal; each focused element is outlined."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from freelance_app.demo.cast import PASSWORD

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


def tab_to(page: Page, name: str) -> None:
    """Press Tab until an element whose name begins so has the focus, and see it outlined."""
    seen = []
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        label, is_outlined = page.evaluate(FOCUSED)
        assert is_outlined, f"{label!r} has the focus, and nothing shows it"
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


def sign_in(page: Page, email: str) -> None:
    page.goto("/login")
    expect(page.get_by_role("button", name="Sign in")).to_be_enabled()
    fill(page, "E-mail", email)
    fill(page, "Password", PASSWORD)
    press(page, "Sign in")
    page.wait_for_url("**/home")
    expect(page.get_by_role("heading", level=1)).to_be_visible()


def test_a_job_is_posted_and_answered_without_a_mouse(server, visit: Callable[..., Page]):
    client = visit(server)
    sign_in(client, "sofia@example.org")
    press(client, "Post a job")
    client.wait_for_url("**/jobs/new")
    expect(client.get_by_label("Title")).to_be_visible()
    fill(client, "Title", "Keyboard only: a list of every clinic")
    fill(
        client, "Description", "A page with eleven clinics, their hours and how to get there. " * 2
    )
    fill(client, "Skills", "Accessibility, HTML")
    fill(client, "Hours a week", "10")
    fill(client, "Budget", "900.00")
    press(client, "Publish")
    expect(
        client.get_by_role("heading", name="Keyboard only: a list of every clinic")
    ).to_be_visible()

    freelancer = visit(server)
    sign_in(freelancer, "tomasz@example.org")
    press(freelancer, "Jobs")
    freelancer.wait_for_url("**/jobs")
    press(freelancer, "Keyboard only: a list of every clinic")
    press(freelancer, "Write a proposal")
    expect(freelancer.get_by_label("Cover letter")).to_be_visible()
    fill(freelancer, "Cover letter", "I would begin with the clinic that most people ask for. " * 2)
    fill(freelancer, "Bid", "850.00")
    fill(freelancer, "Duration", "14")
    press(freelancer, "Send proposal")
    freelancer.wait_for_url("**/proposals/*")
