"""The page of notices and the bell: live, and marked by their reader."""

import asyncio

from freelance_app import db, routes
from freelance_app.services.instance import notices
from freelance_app.services.instance.notices import Subject
from freelance_app.state.hiring.home import HomeState
from freelance_app.state.instance.notifications import NotificationsState
from freelance_app.state.instance.shell import ShellState
from tests.state.events import cookie_of, name_of, open_tab

TOLD = {
    "kind": "milestone.released",
    "subject": Subject("/contracts/abc", {"title": "Live screens", "amount": "10"}),
}


async def heard(actor, path: str, enter, text: str) -> None:
    """Open a page, let another unit of work tell its person something, and wait to see it."""
    async with open_tab(cookie_of(actor), path) as tab:
        assert text not in await tab.act(name_of(enter))
        await db.in_thread(db.write, notices.notify, person_id=actor.person_id, **TOLD)
        await tab.until(text)


def test_a_notice_of_another_unit_of_work_reaches_the_open_pages(sqlite_world):
    alice = sqlite_world.alice
    asyncio.run(heard(alice, routes.NOTIFICATIONS, NotificationsState.enter, "Live screens"))
    asyncio.run(heard(sqlite_world.fatuma, routes.HOME, HomeState.enter, "Live screens"))


def test_it_rings_the_bell(sqlite_world):
    asyncio.run(heard(sqlite_world.alice, routes.HOME, ShellState.enter, "notices='1'"))


def test_marking_all_takes_the_marks_away(sqlite_world):
    alice = sqlite_world.alice
    db.write(notices.notify, person_id=alice.person_id, **TOLD)

    async def walk() -> str:
        async with open_tab(cookie_of(alice), routes.NOTIFICATIONS) as tab:
            assert "is_unread=True" in await tab.act(name_of(NotificationsState.enter))
            return await tab.act(name_of(NotificationsState.mark_all_read))

    answer = asyncio.run(walk())
    assert "is_unread=True" not in answer
    assert "Nothing new." in answer
