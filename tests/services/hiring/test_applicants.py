"""What happens to a post reaches those who answered it, and nobody else."""

from dataclasses import asdict, fields

import pytest
from sqlmodel import select

from freelance_app import db
from freelance_app.errors import ConflictError, InvalidError, NotFoundError, NotPermittedError
from freelance_app.models import AuditEntry, JobPost, JobSkill, Skill
from freelance_app.services.hiring import applicants, offers
from freelance_app.services.instance import counts, notices
from freelance_app.services.jobs import post_views, posts
from freelance_app.services.jobs.post_forms import PostForm
from tests.services.hiring.test_proposals import act, post, send, send_offer, status


def form(job_id: str, actor, **changes) -> PostForm:
    """Return the form of a post as it stands, with some fields changed."""
    draft = asdict(db.read(post_views.get_draft, actor=actor, job_id=job_id))
    names = {each.name for each in fields(PostForm)}
    return PostForm(**({name: draft[name] for name in names} | changes))


def _complete(session, job_id: str) -> None:
    """Give the post what its form demands, so that an edit differs only where a test says so."""
    job = session.exec(select(JobPost).where(JobPost.public_id == job_id)).one()
    job.description = "An app that works **offline**, for field officers."
    skill = Skill(slug=f"skill-{job.id}", name=f"Skill {job.id}", category_id=job.category_id)
    session.add(skill)
    session.flush()
    session.add(JobSkill(job_id=job.id, skill_id=skill.id))


def answered(world) -> tuple[str, str]:
    """Return a post of Alice's, whose form is complete, and Fatuma's proposal for it."""
    job_id = post(world)
    db.write(_complete, job_id)
    return job_id, send(world, job_id)


def edit(world, job_id: str, *, by=None, **changes) -> str:
    arguments = {"job_id": job_id, "form": form(job_id, world.alice, **changes)}
    return db.write(applicants.edit_post, actor=by or world.alice, **arguments)


def close(world, job_id: str, reason: str = "", *, by=None) -> int:
    return db.write(applicants.close_post, actor=by or world.alice, job_id=job_id, reason=reason)


def told(actor) -> list[tuple[str, str]]:
    found = db.read(notices.list_for, actor=actor).notices
    return [(each.title, each.detail) for each in found]


def job_status(job_id: str) -> str:
    query = select(JobPost.status).where(JobPost.public_id == job_id)
    return db.read(lambda session: session.exec(query).one())


def audited(world) -> int:
    query = select(AuditEntry).where(AuditEntry.actor_id == world.alice.person_id)
    return db.read(lambda session: len(session.exec(query).all()))


def test_an_edit_tells_open_applicants_what_changed(world):
    job_id, _proposal = answered(world)
    withdrawn = send(world, job_id, by=world.charlie)
    act("withdraw", world.charlie, withdrawn)
    edit(world, job_id, budget="500.00", hours="30")
    ((title, detail),) = told(world.fatuma)
    assert "job" in title.lower()
    assert "hours a week, budget" in detail
    assert told(world.charlie) == []


def test_an_edit_that_changes_nothing_tells_nobody(world):
    job_id, _proposal = answered(world)
    edit(world, job_id)
    assert told(world.fatuma) == []


def test_closing_declines_what_is_open_with_one_reason(world):
    job_id, first = answered(world)
    second = send(world, job_id, by=world.charlie)
    act("shortlist", world.alice, second)
    assert close(world, job_id, "The budget was cut.") == 2
    assert job_status(job_id) == "closed"
    for actor, proposal_id in ((world.fatuma, first), (world.charlie, second)):
        assert status(actor, proposal_id) == "declined"
        ((title, detail),) = told(actor)
        assert title == "Your proposal was declined"
        assert "The budget was cut." in detail
    assert db.read(counts.count, actor=world.alice, name="proposals") == ""


def test_closing_without_a_reason_changes_nothing_while_somebody_waits(world):
    job_id, proposal_id = answered(world)
    before = audited(world)
    with pytest.raises(InvalidError) as refused:
        close(world, job_id, "  ")
    assert refused.value.field == "reason"
    assert (job_status(job_id), status(world.fatuma, proposal_id)) == ("open", "open")
    assert audited(world) == before


def test_closing_needs_no_reason_when_nobody_waits(world):
    job_id, proposal_id = answered(world)
    act("withdraw", world.fatuma, proposal_id)
    assert close(world, job_id) == 0
    assert job_status(job_id) == "closed"
    assert status(world.fatuma, proposal_id) == "withdrawn"
    with pytest.raises(ConflictError):
        close(world, job_id)


def test_strangers_and_viewers_neither_edit_nor_close(world):
    job_id, proposal_id = answered(world)
    refusals = [
        (world.bob, NotPermittedError),
        (world.fatuma, NotPermittedError),
        (world.dora, NotFoundError),
    ]
    for who, refusal in refusals:
        with pytest.raises(refusal):
            edit(world, job_id, by=who, budget="1.00")
        with pytest.raises(refusal):
            close(world, job_id, "No.", by=who)
    assert (job_status(job_id), status(world.fatuma, proposal_id)) == ("open", "open")


def test_an_applicant_still_sees_a_closed_post(world):
    job_id, _proposal = answered(world)
    close(world, job_id, "Found somebody.")
    seen = db.read(post_views.get_view, actor=world.fatuma, job_id=job_id)
    assert (seen.card.status, seen.can_propose) == ("closed", False)
    with pytest.raises(NotFoundError):
        db.read(posts.get_row, actor=world.charlie, job_id=job_id)


def test_an_open_offer_is_answered_before_its_proposal_or_post_is_given_up(world):
    job_id, proposal_id = answered(world)
    offer_id = send_offer(world, proposal_id)
    for name, actor in (("withdraw", world.fatuma), ("decline", world.alice)):
        with pytest.raises(ConflictError, match="offer is open"):
            act(name, actor, proposal_id)
    with pytest.raises(ConflictError, match="offer is open"):
        close(world, job_id, "Filled.")
    assert job_status(job_id) == "open"
    db.write(offers.withdraw, actor=world.alice, offer_id=offer_id)
    close(world, job_id, "Filled.")
    assert status(world.fatuma, proposal_id) == "declined"
