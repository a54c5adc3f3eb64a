"""Files in the browser: chosen, uploaded at once, taken off the list again, and downloaded."""

from pathlib import Path

from playwright.sync_api import Page, expect


def open_work(page: Page, milestone: str) -> None:
    """Open the offline app's contract by clicking, then one of its milestones."""
    page.get_by_role("link", name="Contracts").first.click()
    page.get_by_role("link", name="Offline-first field app").first.click()
    page.get_by_role("link", name=milestone).first.click()


def test_files_are_uploaded_when_chosen_and_removed_by_a_press(person, tmp_path: Path):
    names = ["plan.txt", "log.csv"]
    for name in names:
        (tmp_path / name).write_text("a,b\n1,2\n")
    page = person("achieng@example.org")
    open_work(page, "Field trial")
    field = page.locator("[data-files]")
    field.locator("input[type=file]").set_input_files([tmp_path / name for name in names])
    expect(field.get_by_role("status")).to_have_text("log.csv is added.")
    assert len(field.locator("[type=hidden]").input_value().split(",")) == 2
    field.get_by_role("button", name="Remove plan.txt").click()
    expect(field.get_by_role("listitem")).to_have_count(1)
    assert "," not in field.locator("[type=hidden]").input_value()
    assert page.evaluate("document.activeElement.type") == "file"


def test_a_link_to_a_file_downloads_it(person):
    page = person("achieng@example.org")
    open_work(page, "Technician screens")
    link = page.locator("a[href^='/files/']").first
    with page.expect_download() as found:
        link.click()
    assert found.value.suggested_filename in link.inner_text()
    assert found.value.path().stat().st_size > 0
