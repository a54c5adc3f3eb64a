"""The board, a post's page and its form in an open tab."""

import asyncio
from dataclasses import asdict

import pytest

from freelance_app import db, routes
from freelance_app.services.hiring import proposals
from freelance_app.services.hiring.proposals import ProposalForm
from freelance_app.services.jobs import post_views
from freelance_app.services.talent import vocabulary
from freelance_app.state.jobs.job import JobState
from freelance_app.state.jobs.job_form import JobFormState
from freelance_app.state.jobs.jobs import JobsState
from freelance_app.state.jobs.my_jobs import MyJobsState
from tests.services.jobs.posted import draft, posted, typed, view
from tests.state.events import cookie_of, name_of, open_tab

LETTER = "I have built three apps of this kind and can start next week."


def run(actor, path: str, handler, cls, **payload):
    """Open a page, send one event and return what came back and the state after it."""

    async def walk():
        async with open_tab(cookie_of(actor), path) as tab:
            answer = await tab.act(name_of(handler), **payload)
            return answer, await tab.state(cls)

    return asyncio.run(walk())


def form(**changes) -> dict:
    """Return a post's form as the browser sends it."""
    fields = asdict(typed()) | {"skills": "React Native, TypeScript"} | changes
    return {"form": {"__reflex_form_data__": [list(pair) for pair in fields.items()]}}


def own(actor) -> list[tuple[str, str]]:
    """Return title and status of the posts of a company."""
    return [(job.title, job.status) for job in db.read(post_views.list_own, actor=actor).jobs]


@pytest.fixture
def world(sqlite_world):
    db.write(vocabulary.install)
    return sqlite_world


def test_the_address_narrows_the_board_and_names_its_filters(world):
    posted(world, title=f"App {world.run}")
    posted(world, title=f"Full {world.run}", engagement="full_time")
    path = routes.with_query(routes.JOBS, words=world.run, engagement="full_time")
    _answer, state = run(world.fatuma, path, JobsState.enter, JobsState)
    assert [job.title for job in state.jobs] == [f"Full {world.run}"]
    assert [chip.label for chip in state.chips] == [f"“{world.run}”", "Full-time"]
    assert state.chips[1].href == routes.with_query(routes.JOBS, words=world.run)


def test_pages_of_the_board_keep_the_filters(world, monkeypatch):
    monkeypatch.setattr("freelance_app.services.jobs.board.PAGE", 1)
    for number in range(3):
        posted(world, title=f"Post {number} of {world.run}")
    path = routes.with_query(routes.JOBS, words=world.run)
    _answer, first = run(world.fatuma, path, JobsState.enter, JobsState)
    assert first.older.startswith(f"{path}&before=")
    _answer, second = run(world.fatuma, first.older, JobsState.enter, JobsState)
    assert [job.title for job in second.jobs] == [f"Post 1 of {world.run}"]
    assert second.newer.startswith(f"{path}&after=")


def test_an_address_full_of_nonsense_shows_a_page(world):
    path = f"{routes.JOBS}?words=%25%5C&category=x&skill=' OR 1&engagement=9&before=zz&after="
    _answer, state = run(world.fatuma, path, JobsState.enter, JobsState)
    assert (state.phase, state.jobs) == ("ready", [])


def test_a_search_keeps_the_other_filters_in_the_address(world):
    async def walk():
        path = routes.with_query(routes.JOBS, skill="rust")
        async with open_tab(cookie_of(world.fatuma), path) as tab:
            await tab.act(name_of(JobsState.enter))
            pairs = [["words", "  offline   app "]]
            return await tab.act(name_of(JobsState.search), form={"__reflex_form_data__": pairs})

    assert "/jobs?words=offline+app&skill=rust" in asyncio.run(walk())


@pytest.mark.parametrize("name", ["category", "skill", "engagement"])
def test_a_filter_is_changed_in_the_address(world, name):
    payload = {"value": "rust", "kind": name}
    answer, _state = run(world.fatuma, routes.JOBS, JobsState.narrow, JobsState, **payload)
    assert f"/jobs?{name}=rust" in answer


def test_a_filter_of_another_name_is_refused(world):
    payload = {"value": "rust", "kind": "words"}
    answer, _state = run(world.fatuma, routes.JOBS, JobsState.narrow, JobsState, **payload)
    assert "could not be understood" in answer


def test_publish_posts_a_job_at_once_and_leads_to_its_page(world):
    answer, _state = run(world.alice, routes.JOB_NEW, JobFormState.create, JobFormState, **form())
    assert own(world.alice) == [("Offline field app", "open")]
    assert "Published." in answer


def test_save_draft_keeps_it_from_others(world):
    payload = form(then="draft")
    run(world.alice, routes.JOB_NEW, JobFormState.create, JobFormState, **payload)
    assert own(world.alice) == [("Offline field app", "draft")]


def test_a_second_press_makes_no_second_post(world):
    async def walk():
        async with open_tab(cookie_of(world.alice), routes.JOB_NEW) as tab:
            await tab.act(name_of(JobFormState.create), **form())
            return await tab.act(name_of(JobFormState.create), **form())

    answer = asyncio.run(walk())
    assert len(own(world.alice)) == 1
    assert f"/jobs/{db.read(post_views.list_own, actor=world.alice).jobs[0].id}" in answer


def test_refused_fields_say_why_and_what_was_typed_is_left_alone(world):
    async def walk():
        async with open_tab(cookie_of(world.alice), routes.JOB_NEW) as tab:
            await tab.act(name_of(JobFormState.enter_new))
            before = (await tab.state(JobFormState)).draft
            payload = form(title="Short", hours="99")
            answer = await tab.act(name_of(JobFormState.create), **payload)
            return answer, before, await tab.state(JobFormState)

    answer, before, state = asyncio.run(walk())
    assert set(state.errors) == {"title", "hours"}
    assert state.draft == before
    assert "aria-invalid" in answer
    assert own(world.alice) == []


@pytest.mark.parametrize("name", ["bob", "fatuma", "frank"])
def test_who_may_not_post_makes_nothing(world, name):
    who = getattr(world, name)
    answer, _state = run(who, routes.JOB_NEW, JobFormState.create, JobFormState, **form())
    assert "toast" in answer
    assert own(world.alice) == []


def test_a_new_form_starts_with_the_currency_of_the_instance(world):
    _answer, state = run(world.alice, routes.JOB_NEW, JobFormState.enter_new, JobFormState)
    assert state.draft.currency == state.choices.currencies[0]
    assert len(state.choices.skills) > 100


def test_the_form_of_a_post_holds_what_was_typed(world):
    path = routes.job_edit(draft(world))
    _answer, state = run(world.alice, path, JobFormState.enter_edit, JobFormState)
    assert (state.phase, state.skills) == ("ready", "React Native, TypeScript")
    assert state.draft.budget == "7200.00"


@pytest.mark.parametrize(
    ("name", "phase"), [("bob", "refused"), ("fatuma", "refused"), ("dora", "missing")]
)
def test_others_get_no_form_of_a_post(world, name, phase):
    path = routes.job_edit(posted(world))
    _answer, state = run(getattr(world, name), path, JobFormState.enter_edit, JobFormState)
    assert (state.phase, state.draft.title) == (phase, "")


def test_a_changed_post_is_shown_again(world):
    job_id = posted(world)
    payload = form(title="Field app, offline first", budget="8,000.00")
    answer, _state = run(
        world.alice, routes.job_edit(job_id), JobFormState.change, JobFormState, **payload
    )
    assert routes.job(job_id) in answer
    assert view(world.fatuma, job_id).card.title == "Field app, offline first"


def test_the_page_of_a_stranger_says_that_nothing_is_here(world):
    path = routes.job(draft(world))
    _answer, state = run(world.charlie, path, JobState.enter, JobState)
    assert (state.phase, state.job.card.title) == ("missing", "")


def test_publishing_shows_the_new_state_at_once(world):
    job_id = draft(world)
    _answer, state = run(world.alice, routes.job(job_id), JobState.publish, JobState)
    assert (state.job.card.status, state.job.can_publish) == ("open", False)


def test_a_viewer_publishes_nothing(world):
    job_id = draft(world)
    answer, _state = run(world.bob, routes.job(job_id), JobState.publish, JobState)
    assert "Only an owner" in answer
    assert view(world.alice, job_id).card.status == "draft"


def propose(world, job_id: str) -> None:
    letter = ProposalForm(letter=LETTER, bid="7,000.00", days="60")
    db.write(proposals.send, actor=world.fatuma, job_id=job_id, form=letter)


def test_closing_with_open_proposals_asks_for_a_reason(world):
    job_id = posted(world)
    propose(world, job_id)
    asked = {"form": {"__reflex_form_data__": [["reason", "  "]]}}
    _answer, state = run(world.alice, routes.job(job_id), JobState.close, JobState, **asked)
    assert list(state.errors) == ["reason"]
    assert view(world.alice, job_id).card.status == "open"
    told = {"form": {"__reflex_form_data__": [["reason", "We found somebody."]]}}
    answer, state = run(world.alice, routes.job(job_id), JobState.close, JobState, **told)
    assert state.job.card.status == "closed"
    assert "Closed. 1 applicant is told." in answer


def test_closing_without_applicants_does_not_speak_of_any(world):
    asked = {"form": {"__reflex_form_data__": [["reason", ""]]}}
    path = routes.job(posted(world))
    answer, _state = run(world.alice, path, JobState.close, JobState, **asked)
    assert "Closed. Nobody had an open proposal." in answer


def test_a_deleted_draft_leads_back_to_the_list(world):
    job_id = draft(world)
    answer, _state = run(world.alice, routes.job(job_id), JobState.delete, JobState)
    assert routes.MY_JOBS in answer
    assert own(world.alice) == []


@pytest.mark.parametrize(
    ("cls", "place"), [(JobState, ""), (MyJobsState, routes.MY_JOBS)], ids=["page", "list"]
)
def test_a_new_proposal_is_counted_in_the_open_page(world, cls, place):
    job_id = posted(world)

    async def walk():
        path = place or routes.job(job_id)
        async with open_tab(cookie_of(world.alice), path) as tab:
            await tab.start(name_of(cls.enter))
            await tab.until("Offline field app")
            await asyncio.sleep(0.3)
            await asyncio.to_thread(propose, world, job_id)
            await tab.until("1 proposal")

    asyncio.run(walk())


def test_the_preview_is_rendered_safely(world):
    payload = {"text": "**Bold** <script>alert(1)</script>"}
    _answer, state = run(
        world.alice, routes.JOB_NEW, JobFormState.show_preview, JobFormState, **payload
    )
    assert "<strong>Bold</strong>" in state.preview.html
    assert "<script" not in state.preview.html


def test_pressed_skills_are_put_into_the_field(world):
    async def walk():
        async with open_tab(cookie_of(world.alice), routes.JOB_NEW) as tab:
            await tab.act(name_of(JobFormState.enter_new))
            await tab.act(name_of(JobFormState.skills_typed), text="TypeScript, reac")
            names = [each.name for each in (await tab.state(JobFormState)).suggested]
            answer = await tab.act(name_of(JobFormState.add_skill), skill="React Native")
            return names, answer, await tab.state(JobFormState)

    names, answer, state = asyncio.run(walk())
    assert "React Native" in names
    assert "TypeScript, React Native, " in answer
    assert state.suggested == []
