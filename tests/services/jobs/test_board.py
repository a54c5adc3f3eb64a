"""The board: what a search finds, and pages by key."""

import pytest

from freelance_app import db
from freelance_app.services.instance.keyset import Place
from freelance_app.services.jobs import board, post_views
from freelance_app.services.jobs.board import Filters
from tests.services.jobs.posted import draft, posted, titles


def page(actor, words: str, **place):
    filters = Filters(words=words)
    return db.read(board.search, actor=actor, filters=filters, place=Place(**place))


def test_words_are_sought_in_title_description_and_skills(world):
    mark = world.run
    posted(world, title=f"Alpha {mark}")
    posted(world, title="Another title", description=f"About {mark} and its long description.")
    posted(world, title=f"Gamma {mark}", skills=("rust",))
    assert len(titles(world.fatuma, words=mark)) == 3
    assert titles(world.fatuma, words=f"{mark} RUST") == [f"Gamma {mark}"]
    assert titles(world.fatuma, words=f"alpha {mark}") == [f"Alpha {mark}"]


@pytest.mark.parametrize("sign", ["%", "_", "\\", "'", '"', "%%%", "\\%"])
def test_signs_of_the_query_language_are_only_letters(world, sign):
    posted(world, title=f"Plain words {world.run}")
    posted(world, title=f"With {sign} sign {world.run}")
    assert titles(world.fatuma, words=f"{sign} {world.run}") == [f"With {sign} sign {world.run}"]


def test_filters_narrow_together(world):
    posted(world, title=f"App {world.run}")
    posted(world, title=f"Site {world.run}", category="web-development", skills=("accessibility",))
    posted(world, title=f"Full {world.run}", engagement="full_time")
    words = {"words": world.run}
    assert titles(world.fatuma, **words, category="web-development") == [f"Site {world.run}"]
    assert titles(world.fatuma, **words, skill="accessibility") == [f"Site {world.run}"]
    assert titles(world.fatuma, **words, engagement="full_time") == [f"Full {world.run}"]
    assert titles(world.fatuma, **words, skill="react-native", engagement="part_time") == [
        f"App {world.run}"
    ]
    assert titles(world.fatuma, **words, category="no-such-category") == []
    assert len(titles(world.fatuma, **words, engagement="nonsense")) == 3


def test_drafts_are_on_no_board(world):
    draft(world, title=f"Secret {world.run}")
    assert titles(world.fatuma, words=world.run) == []


@pytest.mark.parametrize("name", ["alice", "bob", "dora", "frank"])
def test_the_board_is_for_freelancers_alone(world, name):
    posted(world, title=f"Open {world.run}")
    assert titles(getattr(world, name), words=world.run) == []


def test_pages_hold_every_post_once_however_many_come_in_between(world, monkeypatch):
    monkeypatch.setattr(board, "PAGE", 2)
    for number in range(5):
        posted(world, title=f"Post {number} of {world.run}")
    first = page(world.fatuma, world.run)
    posted(world, title=f"Newest of {world.run}")
    second = page(world.fatuma, world.run, before=first.older)
    third = page(world.fatuma, world.run, before=second.older)
    seen = [job.title.split(" of ")[0] for each in (first, second, third) for job in each.jobs]
    assert seen == [f"Post {number}" for number in (4, 3, 2, 1, 0)]
    assert third.older == ""
    back = page(world.fatuma, world.run, after=third.newer)
    assert [job.id for job in back.jobs] == [job.id for job in second.jobs]


def test_a_place_that_is_nobodys_shows_nothing_of_others(world):
    posted(world, title=f"Open {world.run}")
    assert page(world.fatuma, world.run, before="0" * 20).jobs == []


def test_a_card_never_says_how_many_proposals_others_sent(world):
    posted(world, title=f"Open {world.run}")
    (card,) = page(world.fatuma, world.run).jobs
    assert (card.proposals, card.fresh) == ("0 proposals", "")


def test_a_long_description_is_cut(world):
    posted(world, title=f"Long {world.run}", description="word " * 200)
    (card,) = page(world.fatuma, world.run).jobs
    assert len(card.opening) <= post_views.OPENING + 1
    assert card.opening.endswith("…")


def test_the_opening_holds_words_without_marks(world):
    brief = "# Plan\n\nAn app that **works** for <b>days</b> & [links](https://example.org) to it."
    posted(world, title=f"Marks {world.run}", description=brief)
    (card,) = page(world.fatuma, world.run).jobs
    assert card.opening == "Plan An app that works for <b>days</b> & links to it."


def test_the_own_list_is_the_companys_alone(world):
    draft(world, title=f"Draft {world.run}")
    posted(world, title=f"Open {world.run}")
    posted(world, by=world.dora, title=f"Dora {world.run}")
    own = [job.title for job in db.read(post_views.list_own, actor=world.bob).jobs]
    assert own == [f"Open {world.run}", f"Draft {world.run}"]
    assert db.read(post_views.list_own, actor=world.frank).jobs == []
