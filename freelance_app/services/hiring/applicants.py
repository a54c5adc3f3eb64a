"""What a change of a post means for those who answered it."""

from sqlmodel import Session

from freelance_app import routes
from freelance_app.models import JobStatus
from freelance_app.security.actor import Actor
from freelance_app.services.contracts import tellings
from freelance_app.services.hiring import proposals
from freelance_app.services.jobs import posts
from freelance_app.services.jobs.post_forms import PostForm


def edit_post(session: Session, *, actor: Actor, job_id: str, form: PostForm) -> str:
    """Change a post, tell its open applicants what is different, and return its public id.

    Raises:
        NotFoundError: no such post for this actor.
        NotPermittedError: the actor is no owner of its company.
        InvalidFormError: some fields cannot be used.
        ConflictError: the post is closed.
    """
    changed = posts.edit(session, actor=actor, job_id=job_id, form=form)
    job = posts.get_own(session, actor=actor, job_id=job_id)
    if changed and job.status is JobStatus.OPEN:
        words = {"title": job.title, "changes": ", ".join(changed)}
        for proposal in proposals.open_for(session, job=job):
            tellings.tell_owners(
                session, proposal.party_id, "job.changed", href=routes.job(job_id), words=words
            )
    return job_id


def close_post(session: Session, *, actor: Actor, job_id: str, reason: str) -> int:
    """Close a post and decline what is still open with one reason; return how many were told.

    Raises:
        NotFoundError: no such post for this actor.
        NotPermittedError: the actor is no owner of its company.
        InvalidError: there are open proposals and no reason for them.
        ConflictError: the post is not open.
    """
    job = posts.close(session, actor=actor, job_id=job_id)
    waiting = proposals.open_for(session, job=job)
    words = proposals.checked_reason(reason) if waiting or reason.strip() else ""
    for proposal in waiting:
        proposals.reject(session, actor=actor, proposal=proposal, reason=words)
    return len(waiting)
