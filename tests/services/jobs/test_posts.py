"""Who may know of a post, who may change it, and what becomes of it."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlmodel import col, select

from freelance_app import clock, db
from freelance_app.errors import ConflictError, InvalidFormError, NotFoundError, NotPermittedError
from freelance_app.models import AuditEntry, JobPost
from freelance_app.services.hiring import applicants, proposals
from freelance_app.services.hiring.proposals import ProposalForm
from freelance_app.services.instance import instances
from freelance_app.services.jobs import post_views, posts
from tests.services.jobs.posted import draft, posted, publish, titles, typed, view

STRANGERS = ("charlie", "fatuma", "dora", "frank")
LETTER = "I have built three apps of this kind and can start next week."


def propose(world, job_id: str, *, by=None) -> str:
    form = ProposalForm(letter=LETTER, bid="7,000.00", days="60")
    return db.write(proposals.send, actor=by or world.fatuma, job_id=job_id, form=form)


def edit(world, job_id: str, *, by=None, **changes) -> list[str]:
    return db.write(posts.edit, actor=by or world.alice, job_id=job_id, form=typed(**changes))


def close(world, job_id: str, reason: str = "", *, by=None) -> int:
    arguments = {"job_id": job_id, "reason": reason}
    return db.write(applicants.close_post, actor=by or world.alice, **arguments)


def audited(job_id: str) -> list[str]:
    def read(session) -> list[str]:
        job = session.exec(select(JobPost).where(JobPost.public_id == job_id)).one()
        rows = select(AuditEntry.action).where(AuditEntry.subject == f"job:{job.id}")
        return list(session.exec(rows.order_by(col(AuditEntry.id))))

    return db.read(read)


def test_a_draft_is_known_to_its_company_alone(world):
    title = f"Secret draft {world.run}"
    job_id = draft(world, title=title)
    assert view(world.bob, job_id).card.title == title
    for name in STRANGERS:
        with pytest.raises(NotFoundError):
            view(getattr(world, name), job_id)
        assert titles(getattr(world, name), words=world.run) == []


def test_a_published_post_is_seen_by_freelancers_and_by_no_other_company(world):
    job_id = posted(world)
    assert view(world.fatuma, job_id).can_propose
    for name in ("dora", "frank"):
        with pytest.raises(NotFoundError):
            view(getattr(world, name), job_id)


def test_a_closed_post_stays_open_to_those_who_answered_it(world):
    job_id = posted(world)
    propose(world, job_id)
    close(world, job_id, "We found somebody.")
    assert view(world.fatuma, job_id).card.status == "closed"
    with pytest.raises(NotFoundError):
        view(world.charlie, job_id)


def test_what_was_typed_comes_back_in_the_form(world):
    job_id = draft(world, budget="7,200.50", hours="25", engagement="full_time")
    found = db.read(post_views.get_draft, actor=world.alice, job_id=job_id)
    assert (found.budget, found.currency, found.hours) == ("7200.50", "EUR", "25")
    assert (found.category, found.engagement) == ("mobile-development", "full_time")
    assert found.skills == ["react-native", "typescript"]
    assert found.is_draft


def test_an_edit_says_in_words_what_is_different(world):
    job_id = posted(world)
    assert edit(world, job_id) == []
    assert edit(world, job_id, hours="30", engagement="full_time") == ["hours a week"]
    changed = edit(world, job_id, title="Field app, offline", skills=("react-native",))
    assert changed == ["title", "hours a week", "skills"]


def test_the_currency_of_a_published_post_is_fixed_and_the_field_says_why(world):
    job_id = draft(world)
    edit(world, job_id, currency="USD")
    publish(world, job_id)
    with pytest.raises(InvalidFormError) as refused:
        edit(world, job_id, currency="EUR", hours="none")
    assert list(refused.value.fields) == ["hours", "currency"]
    assert refused.value.fields["currency"].startswith("Fixed since the job was published")
    edit(world, job_id, currency="USD", budget="7,000.00")
    assert view(world.fatuma, job_id).card.pay == "US$7,000.00"


def test_a_post_in_a_currency_that_is_offered_no_more_can_still_be_edited(world, monkeypatch):
    job_id = posted(world, currency="KES")
    monkeypatch.setattr(instances, "CURRENCIES", ("EUR", "USD"))
    assert edit(world, job_id, currency="KES", hours="30") == ["hours a week"]


@pytest.mark.parametrize("name", ["bob", *STRANGERS])
def test_nobody_but_an_owner_of_the_company_changes_a_post(world, name):
    job_id, who = posted(world), getattr(world, name)
    waiting = draft(world)
    refused = (NotFoundError, NotPermittedError)
    with pytest.raises(refused):
        edit(world, job_id, by=who, title="Another title")
    with pytest.raises(refused):
        close(world, job_id, "No.", by=who)
    with pytest.raises(refused):
        publish(world, waiting, by=who)
    with pytest.raises(refused):
        db.write(posts.delete_draft, actor=who, job_id=waiting)
    with pytest.raises(refused):
        db.read(post_views.get_draft, actor=who, job_id=waiting)
    assert audited(job_id) == ["job.drafted", "job.published"]
    assert audited(waiting) == ["job.drafted"]


@pytest.mark.parametrize("name", ["bob", "fatuma", "frank"])
def test_only_an_owner_of_a_company_posts(world, name):
    with pytest.raises(NotPermittedError):
        draft(world, by=getattr(world, name))


def test_who_has_not_confirmed_the_mail_address_posts_nothing(world):
    unconfirmed = replace(world.alice, is_confirmed=False)
    with pytest.raises(NotPermittedError, match="Confirm your e-mail"):
        draft(world, by=unconfirmed)


def test_a_viewer_is_offered_no_act(world):
    seen = view(world.bob, draft(world))
    acts = (seen.can_edit, seen.can_publish, seen.can_close, seen.can_delete, seen.can_propose)
    assert not any(acts)
    assert view(world.bob, posted(world)).can_see_proposals


def test_the_owner_is_offered_what_fits_the_status(world):
    job_id = draft(world)
    first = view(world.alice, job_id)
    assert first.can_publish
    assert first.can_delete
    assert not first.can_close
    publish(world, job_id)
    second = view(world.alice, job_id)
    assert second.can_edit
    assert second.can_close
    assert not second.can_publish
    close(world, job_id)
    assert not view(world.alice, job_id).can_edit


def test_a_post_is_published_and_closed_once(world):
    job_id = posted(world)
    with pytest.raises(ConflictError, match="published already"):
        publish(world, job_id)
    close(world, job_id)
    for act in (lambda: close(world, job_id), lambda: publish(world, job_id)):
        with pytest.raises(ConflictError, match="closed"):
            act()
    with pytest.raises(ConflictError):
        edit(world, job_id, title="Another title")


def test_a_draft_is_deleted_and_a_published_post_is_not(world):
    job_id = draft(world)
    db.write(posts.delete_draft, actor=world.alice, job_id=job_id)
    with pytest.raises(NotFoundError):
        view(world.alice, job_id)
    with pytest.raises(ConflictError, match="Only a draft"):
        db.write(posts.delete_draft, actor=world.alice, job_id=posted(world))


def test_of_many_presses_on_publish_one_wins(world):
    job_id = draft(world)

    def press(_number: int) -> str:
        try:
            publish(world, job_id)
        except ConflictError:
            return "late"
        return "published"

    with ThreadPoolExecutor(8) as pool:
        results = list(pool.map(press, range(8)))
    assert results.count("published") == 1
    assert audited(job_id) == ["job.drafted", "job.published"]


def test_a_closed_post_takes_no_proposals(world):
    job_id = posted(world)
    propose(world, job_id)
    close(world, job_id, "We found somebody.")
    with pytest.raises((ConflictError, NotFoundError)):
        propose(world, job_id, by=world.charlie)
    with pytest.raises(ConflictError):
        propose(world, job_id)


def test_the_company_reads_how_many_proposals_there_are_and_how_many_are_new(world):
    job_id = posted(world)
    first, _second = propose(world, job_id), propose(world, job_id, by=world.charlie)
    db.write(proposals.mark_viewed, actor=world.alice, proposal_id=first)
    card = view(world.alice, job_id).card
    assert (card.proposals, card.fresh) == ("2 proposals", "1 new")
    (row,) = db.read(post_views.list_own, actor=world.bob).jobs
    assert row.proposals == "2 proposals"


def test_a_freelancer_is_led_to_the_own_proposal_and_learns_of_no_other(world):
    job_id = posted(world)
    proposal_id = propose(world, job_id)
    mine, other = view(world.fatuma, job_id), view(world.charlie, job_id)
    assert (mine.proposal_id, mine.can_propose) == (proposal_id, False)
    assert (other.proposal_id, other.can_propose) == ("", True)
    assert (other.card.proposals, other.card.fresh) == ("0 proposals", "")


def test_a_post_says_when_it_was_published_and_closed(world, at):
    moment = clock.now()
    at(moment)
    job_id = posted(world)
    at(moment + timedelta(days=2))
    assert view(world.fatuma, job_id).card.posted.startswith("Posted")
    close(world, job_id)
    assert view(world.alice, job_id).card.posted.startswith("Closed")


def test_the_description_is_shown_without_what_could_harm(world):
    brief = "<script>alert(1)</script> **Bold** and [a link](javascript:alert(1)) of some length."
    html = view(world.alice, draft(world, description=brief)).brief.html
    assert "<strong>Bold</strong>" in html
    assert "<script" not in html
    assert "javascript:" not in html.replace("javascript:alert(1))", "")


def test_bad_fields_change_nothing(world):
    job_id = posted(world)
    with pytest.raises(InvalidFormError):
        edit(world, job_id, title="Better title", budget="none")
    assert view(world.alice, job_id).card.title == "Offline field app"
