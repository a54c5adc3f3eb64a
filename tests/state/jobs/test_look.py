"""The sheet that shows a post beside the board's list."""

import asyncio

import pytest

from freelance_app import routes
from freelance_app.state.jobs.jobs import JobsState
from freelance_app.state.jobs.look import LookState, spot_of
from tests.services.jobs.posted import draft, posted
from tests.state.events import cookie_of, name_of, open_tab


def look(actor, job_id: str, words: str):
    """Open the board narrowed to some words, look at a post, and return answer and state."""

    async def walk():
        path = routes.with_query(routes.JOBS, words=words)
        async with open_tab(cookie_of(actor), path) as tab:
            await tab.act(name_of(JobsState.enter))
            answer = await tab.act(name_of(LookState.look), job_id=job_id)
            return answer, await tab.state(LookState)

    return asyncio.run(walk())


def test_a_look_says_where_the_post_stands_and_what_is_next(sqlite_world):
    world = sqlite_world
    oldest, middle, newest = (posted(world, title=f"Post {n} of {world.run}") for n in range(3))
    answer, state = look(world.fatuma, middle, world.run)
    assert (state.job.card.id, state.job.can_propose) == (middle, True)
    assert (state.spot.words, state.spot.before, state.spot.after) == ("2 of 3", newest, oldest)
    assert "kit.arrived(" in answer
    assert middle in answer.split("kit.arrived(")[1]


def test_the_ends_of_the_list_have_one_neighbour():
    ids = ["a", "b", "c"]
    assert (spot_of("a", ids).before, spot_of("a", ids).after) == ("", "b")
    assert (spot_of("c", ids).before, spot_of("c", ids).after) == ("b", "")
    assert spot_of("x", ids) == spot_of("x", [])


@pytest.mark.parametrize("make", [draft, posted], ids=["draft", "post"])
def test_what_one_may_not_see_is_not_shown_in_the_sheet(sqlite_world, make):
    world = sqlite_world
    job_id = make(world, title=f"Secret {world.run}")
    who = world.charlie if make is draft else world.dora
    answer, state = look(who, job_id, world.run)
    assert f"Secret {world.run}" not in answer
    assert (state.phase, state.job.card.title) == ("missing", "")


def test_another_list_closes_the_sheet(sqlite_world):
    world = sqlite_world
    job_id = posted(world, title=f"Post of {world.run}")

    async def walk():
        async with open_tab(cookie_of(world.fatuma), routes.JOBS) as tab:
            await tab.act(name_of(LookState.look), job_id=job_id)
            answer = await tab.act(name_of(LookState.leave))
            return answer, await tab.state(LookState)

    answer, state = asyncio.run(walk())
    assert "kit.close" in answer
    assert (state.looked_at, state.job.card.title) == ("", "")
