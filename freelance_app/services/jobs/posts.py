"""Job posts: who may know of which, and what becomes of one."""

from collections.abc import Sequence
from typing import Any

from sqlmodel import Session, col, delete, or_, select, update
from sqlmodel.sql.expression import SelectOfScalar

from freelance_app import clock, db, routes
from freelance_app.errors import (
    ConflictError,
    InvalidFormError,
    NotFoundError,
    NotPermittedError,
)
from freelance_app.models import JobPost, JobSkill, JobStatus, Proposal
from freelance_app.security.actor import Actor
from freelance_app.services.accounts import access, doors
from freelance_app.services.instance import audit
from freelance_app.services.jobs import post_forms
from freelance_app.services.jobs.post_forms import CheckedPost, PostForm
from freelance_app.text import _

DRAFT, OPEN, CLOSED = JobStatus.DRAFT, JobStatus.OPEN, JobStatus.CLOSED


def visible_to(actor: Actor) -> SelectOfScalar[JobPost]:
    """Return the query of what this actor may know of; every other query starts from it.

    A company knows its own posts, other people the open ones and those that they answered.
    """
    own = col(JobPost.party_id) == actor.party_id
    if actor.is_company:
        return select(JobPost).where(own)
    answered = select(Proposal.job_id).where(Proposal.party_id == actor.party_id)
    is_seen = or_(own, col(JobPost.status) == OPEN, col(JobPost.id).in_(answered))
    return select(JobPost).where(is_seen, actor.is_freelancer)


def get_row(session: Session, *, actor: Actor, job_id: str) -> JobPost:
    """Return the row, for other services only.

    Raises:
        NotFoundError: no such post for this actor.
    """
    job = session.exec(visible_to(actor).where(JobPost.public_id == job_id)).first()
    if job is None:
        raise NotFoundError(_("There is no such job."))
    return job


def get_own(session: Session, *, actor: Actor, job_id: str) -> JobPost:
    """Return the row of a post that the actor may change, for other services only.

    Raises:
        NotFoundError: no such post for this actor.
        NotPermittedError: the actor is no owner of its company.
    """
    job = get_row(session, actor=actor, job_id=job_id)
    if job.party_id != actor.party_id:
        raise NotPermittedError(_("Only the client who posted this job can do this."))
    access.require_company(actor)
    return job


def keep(session: Session, job: JobPost) -> None:
    """Read a post anew, and let nobody change its status before this unit of work ends.

    What is added to a post because it is open would otherwise come too late for its close.
    SQLite's write unit of work is alone already.
    """
    session.refresh(job, with_for_update={"read": True})


def create_draft(session: Session, *, actor: Actor, form: PostForm) -> str:
    """Keep a new post that nobody else sees yet, and return its public id.

    Raises:
        NotPermittedError: the actor is no owner of a company.
        InvalidFormError: some fields cannot be used.
    """
    access.require_company(actor)
    checked = post_forms.check(session, form)
    job = JobPost(
        party_id=actor.party_id,
        author_id=actor.person_id,
        created_at=clock.now(),
        **_columns(checked),
    )
    session.add(job)
    session.flush()
    _set_skills(session, job, checked)
    _record(session, actor, job, "job.drafted")
    return job.public_id


def edit(session: Session, *, actor: Actor, job_id: str, form: PostForm) -> list[str]:
    """Change a draft or open post, and return the words for what is different now.

    Raises:
        NotFoundError: no such post for this actor.
        NotPermittedError: the actor is no owner of its company.
        InvalidFormError: some fields cannot be used.
        ConflictError: the post is closed.
    """
    job = get_own(session, actor=actor, job_id=job_id)
    _hold(session, job)
    if job.status is CLOSED:
        raise ConflictError(_already(CLOSED))
    fixed = "" if job.status is DRAFT else job.currency
    checked = post_forms.check(session, form, currency=fixed)
    columns = _columns(checked)
    changed = [name for name, value in columns.items() if getattr(job, name) != value]
    _save(session, job, columns)
    if _set_skills(session, job, checked):
        changed.append("skills")
    words = _words_of_columns()
    _record(session, actor, job, "job.edited", words=", ".join(changed))
    return list(dict.fromkeys(words[name] for name in changed))


def _hold(session: Session, job: JobPost) -> None:
    """Read a post anew and hold it, so that its record tells what this change changed.

    SQLite's write unit of work is alone already.

    Raises:
        NotFoundError: it was deleted.
    """
    if db.locks_rows(session):
        now = select(JobPost).where(JobPost.id == job.id).with_for_update(key_share=True)
        if session.exec(now.execution_options(populate_existing=True)).first() is None:
            raise NotFoundError(_("There is no such job."))


def _save(session: Session, job: JobPost, columns: dict[str, Any]) -> None:
    """Write an edit in one guarded UPDATE: somebody may publish or close the post meanwhile."""
    is_draft = col(JobPost.status) == DRAFT
    keeps_currency = (col(JobPost.status) == OPEN) & (col(JobPost.currency) == columns["currency"])
    won = session.exec(
        update(JobPost)
        .where(col(JobPost.id) == job.id, or_(is_draft, keeps_currency))
        .values(**columns)
    ).rowcount
    if won != 1 and _status_now(session, job) is OPEN:
        raise InvalidFormError({"currency": post_forms.currency_is_fixed()})
    if won != 1:
        raise ConflictError(_already(CLOSED))
    session.refresh(job)


def _status_now(session: Session, job: JobPost) -> JobStatus:
    """Return what others have made of a post since it was read.

    Raises:
        NotFoundError: it was deleted.
    """
    now = select(JobPost).where(JobPost.id == job.id).execution_options(populate_existing=True)
    found = session.exec(now).first()
    if found is None:
        raise NotFoundError(_("There is no such job."))
    return found.status


def _columns(checked: CheckedPost) -> dict[str, Any]:
    return {
        "title": checked.title,
        "description": checked.description,
        "category_id": checked.category.id,
        "engagement": checked.engagement,
        "hours_a_week": checked.hours_a_week,
        "budget_minor": checked.budget.minor,
        "currency": checked.budget.currency,
    }


def _words_of_columns() -> dict[str, str]:
    return {
        "title": _("title"),
        "description": _("description"),
        "category_id": _("category"),
        "engagement": _("hours a week"),
        "hours_a_week": _("hours a week"),
        "budget_minor": _("budget"),
        "currency": _("budget"),
        "skills": _("skills"),
    }


def _set_skills(session: Session, job: JobPost, checked: CheckedPost) -> bool:
    """Make these the skills of a post, and return whether they were others."""
    wanted = {skill.id for skill in checked.skills}
    had = set(session.exec(select(JobSkill.skill_id).where(JobSkill.job_id == job.id)))
    if wanted == had:
        return False
    session.exec(delete(JobSkill).where(col(JobSkill.job_id) == job.id))
    session.add_all(JobSkill(job_id=job.id, skill_id=each) for each in sorted(wanted))
    session.flush()
    return True


def publish(session: Session, *, actor: Actor, job_id: str) -> None:
    """Show a draft to freelancers.

    Raises:
        NotFoundError: no such post for this actor.
        NotPermittedError: the actor is no owner of its company.
        ConflictError: it is no draft.
    """
    job = get_own(session, actor=actor, job_id=job_id)
    _move(session, job, DRAFT, OPEN, published_at=clock.now())
    _record(session, actor, job, "job.published")


def close(session: Session, *, actor: Actor, job_id: str) -> JobPost:
    """Take an open post off the board; the caller answers its proposals.

    Raises:
        NotFoundError: no such post for this actor.
        NotPermittedError: the actor is no owner of its company.
        ConflictError: it is not open.
    """
    job = get_own(session, actor=actor, job_id=job_id)
    _move(session, job, OPEN, CLOSED, closed_at=clock.now())
    _record(session, actor, job, "job.closed")
    return job


def _move(
    session: Session, job: JobPost, source: JobStatus, target: JobStatus, **values: object
) -> None:
    won = session.exec(
        update(JobPost)
        .where(col(JobPost.id) == job.id, col(JobPost.status) == source)
        .values(status=target, **values)
    ).rowcount
    if won != 1:
        raise ConflictError(_already(_status_now(session, job)))
    session.refresh(job)


def _already(status: JobStatus) -> str:
    match status:
        case JobStatus.DRAFT:
            return _("This job is still a draft.")
        case JobStatus.OPEN:
            return _("This job is published already.")
        case JobStatus.CLOSED:
            return _("This job is closed.")


def delete_draft(session: Session, *, actor: Actor, job_id: str) -> None:
    """Throw a draft away.

    Raises:
        NotFoundError: no such post for this actor.
        NotPermittedError: the actor is no owner of its company.
        ConflictError: it was published.
    """
    job = get_own(session, actor=actor, job_id=job_id)
    session.exec(delete(JobSkill).where(col(JobSkill.job_id) == job.id))
    is_draft = (col(JobPost.id) == job.id, col(JobPost.status) == DRAFT)
    if session.exec(delete(JobPost).where(*is_draft)).rowcount != 1:
        raise ConflictError(_("Only a draft can be deleted. Close the job instead."))
    _record(session, actor, job, "job.deleted")


def _record(session: Session, actor: Actor, job: JobPost, action: str, words: str = "") -> None:
    audit.record(session, actor=actor, action=action, subject=f"job:{job.id}", words=words)


@doors.register(routes.JOBS)
def open_page(session: Session, actor: Actor, parts: Sequence[str]) -> None:
    """Open the pages of a post.

    Raises:
        NotFoundError: there is none for this actor.
    """
    job = get_row(session, actor=actor, job_id="".join(parts[:1]))
    if "".join(parts[1:]) in {"edit", "proposals"} and job.party_id != actor.party_id:
        raise NotFoundError(_("There is no such job."))
