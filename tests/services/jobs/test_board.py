"""The board: what a search finds, and pages by key."""

import secrets
from datetime import timedelta

import pytest
from sqlalchemy import event, insert, text
from sqlmodel import select

from freelance_app import clock, db
from freelance_app.models import JobPost
from freelance_app.services.instance.keyset import Place
from freelance_app.services.jobs import board, post_views, posts
from freelance_app.services.jobs.board import Filters
from freelance_app.services.talent import vocabulary
from tests.services.jobs.posted import draft, posted, publish, titles, typed

MANY, MINUTE = 2_000, timedelta(minutes=1)


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


def test_a_draft_that_is_published_late_stands_first(world):
    early = draft(world, title=f"Early draft {world.run}")
    posted(world, title=f"Posted {world.run}")
    publish(world, early)
    assert titles(world.fatuma, words=world.run) == [
        f"Early draft {world.run}",
        f"Posted {world.run}",
    ]


def test_posts_of_one_moment_are_on_one_page_each(world, at, monkeypatch):
    monkeypatch.setattr(board, "PAGE", 2)
    at(clock.now())
    made = [posted(world, title=f"Post {number} of {world.run}") for number in range(5)]
    first = page(world.fatuma, world.run)
    second = page(world.fatuma, world.run, before=first.older)
    third = page(world.fatuma, world.run, before=second.older)
    assert [job.id for each in (first, second, third) for job in each.jobs] == made[::-1]


def _plan_of_a_far_page(session, world) -> str:
    """Return how the database reads a page in the middle of many posts, which it then forgets."""
    job_id = posts.create_draft(session, actor=world.alice, form=typed())
    posts.publish(session, actor=world.alice, job_id=job_id)
    job = session.exec(select(JobPost).where(JobPost.public_id == job_id)).one()
    columns = job.model_dump(exclude={"id", "public_id", "published_at"})
    start = clock.now()
    rows = [
        columns | {"public_id": secrets.token_hex(10), "published_at": start - number * MINUTE}
        for number in range(MANY)
    ]
    session.execute(insert(JobPost), rows)
    session.execute(text("ANALYZE job_post"))
    place = Place(before=rows[MANY // 2]["public_id"])
    asked = []
    event.listen(session, "do_orm_execute", lambda state: asked.append(state.statement))
    board.search(session, actor=world.fatuma, filters=Filters(), place=place)
    dialect = session.connection().dialect
    compiled = asked[0].compile(dialect=dialect, compile_kwargs={"literal_binds": True})
    explain = "EXPLAIN QUERY PLAN" if dialect.name == "sqlite" else "EXPLAIN"
    plan = session.connection().exec_driver_sql(f"{explain} {compiled}".replace("%", "%%"))
    lines = "\n".join(str(row) for row in plan)
    session.rollback()
    return lines


def test_a_far_page_is_read_by_the_index_of_publishing(world):
    db.write(vocabulary.install)
    plan = db.write(_plan_of_a_far_page, world)
    assert "ix_job_post_status_published_at_id" in plan, plan
    assert "published_at" in plan.split("ix_job_post_status_published_at_id")[1], plan
    assert "TEMP B-TREE" not in plan, plan
    assert "Sort" not in plan, plan


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
