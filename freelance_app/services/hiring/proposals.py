"""Proposals: sealed answers to a post, seen by their author and the post's company alone."""

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, or_, select, update
from sqlmodel.sql.expression import SelectOfScalar

from freelance_app import clock, routes
from freelance_app.errors import (
    ConflictError,
    InvalidError,
    NotFoundError,
    NotPermittedError,
)
from freelance_app.models import (
    JobPost,
    JobStatus,
    Offer,
    OfferStatus,
    Proposal,
    ProposalStatus,
    RoomKind,
)
from freelance_app.security.actor import Actor
from freelance_app.services.accounts import access
from freelance_app.services.contracts import tellings
from freelance_app.services.hiring import proposal_forms
from freelance_app.services.hiring.proposal_forms import ProposalForm
from freelance_app.services.instance import audit, events
from freelance_app.services.jobs import posts
from freelance_app.services.messages import rooms
from freelance_app.text import _

SUBMITTED, SHORTLISTED = ProposalStatus.SUBMITTED, ProposalStatus.SHORTLISTED
HIRED, DECLINED = ProposalStatus.HIRED, ProposalStatus.DECLINED
WITHDRAWN = ProposalStatus.WITHDRAWN
OPEN = (SUBMITTED, SHORTLISTED)
MOST_REASON = 500


def topic(proposal: Proposal) -> str:
    """Return the topic of a proposal's page."""
    return events.proposal_topic(proposal.public_id)


def visible_to(actor: Actor) -> SelectOfScalar[Proposal]:
    """Return the query of the proposals that this actor's party wrote or received."""
    is_mine = col(Proposal.party_id) == actor.party_id
    return select(Proposal).where(or_(is_mine, Proposal.client_party_id == actor.party_id))


def get_row(session: Session, *, actor: Actor, proposal_id: str) -> Proposal:
    """Return the row, for other services only.

    Raises:
        NotFoundError: no such proposal for this actor.
    """
    proposal = session.exec(visible_to(actor).where(Proposal.public_id == proposal_id)).first()
    if proposal is None:
        raise NotFoundError(_("There is no such proposal."))
    return proposal


def lock(session: Session, proposal: Proposal) -> None:
    """Read a proposal anew, alone with it: its offer comes before its end, or not at all.

    The proposal is locked before its offers and their clocks. SQLite's write unit of work is
    alone already.
    """
    session.refresh(proposal, with_for_update={"key_share": True})


def send(session: Session, *, actor: Actor, job_id: str, form: ProposalForm) -> str:
    """Answer an open post, tell its company, open the conversation, and return the public id.

    Raises:
        NotFoundError: no such post for this actor.
        NotPermittedError: the actor is no owner of a freelancing party.
        InvalidFormError: some fields cannot be used.
        ConflictError: the post is not open, or has an active proposal of this party.
    """
    access.require_freelancer(actor)
    job = posts.get_row(session, actor=actor, job_id=job_id)
    posts.keep(session, job)
    if job.status is not JobStatus.OPEN:
        raise ConflictError(_("This job takes no more proposals."))
    bid, days = proposal_forms.check(form, currency=job.currency)
    proposal = Proposal(
        job_id=job.id,
        client_party_id=job.party_id,
        party_id=actor.party_id,
        author_id=actor.person_id,
        cover_letter=form.letter.strip(),
        bid_minor=bid.minor,
        currency=job.currency,
        duration_days=days,
        created_at=clock.now(),
    )
    _add(session, proposal)
    href = routes.proposal(proposal.public_id)
    rooms.open_room(
        session,
        kind=RoomKind.PROPOSAL,
        subject_id=proposal.public_id,
        title=job.title,
        href=href,
        party_ids=[actor.party_id, job.party_id],
    )
    words = {"title": job.title, "amount": bid}
    tellings.tell_owners(
        session, job.party_id, "proposal.received", href=href, words=words, by=actor.party_name
    )
    _record(session, actor, proposal, "proposal.sent")
    return proposal.public_id


def _add(session: Session, proposal: Proposal) -> None:
    """Write a proposal; the database lets one active proposal be for each party and post."""
    try:
        with session.begin_nested():
            session.add(proposal)
            session.flush()
    except IntegrityError:
        sentence = _("You have sent a proposal for this job already.")
        raise ConflictError(sentence) from None


def withdraw(session: Session, *, actor: Actor, proposal_id: str) -> None:
    """Take back a proposal that was not decided; another may be sent for the same job.

    Raises:
        NotFoundError: no such proposal for this actor.
        NotPermittedError: the actor is no owner of the party that sent it.
        ConflictError: it was decided or withdrawn, or an offer is open.
    """
    proposal = get_row(session, actor=actor, proposal_id=proposal_id)
    if proposal.party_id != actor.party_id:
        raise NotPermittedError(_("Only the freelancer can withdraw a proposal."))
    access.require_freelancer(actor)
    _require_no_offer(session, proposal)
    _move(session, proposal, OPEN, WITHDRAWN, answered_at=clock.now())
    _record(session, actor, proposal, "proposal.withdrawn")


def shortlist(session: Session, *, actor: Actor, proposal_id: str) -> None:
    """Put a proposal on the short list; the freelancer is not told.

    Raises:
        NotFoundError: no such proposal for this actor.
        NotPermittedError: the actor is no owner of the post's company.
        ConflictError: it is on the list already, or was decided.
    """
    proposal = _received(session, actor, proposal_id)
    _move(session, proposal, (SUBMITTED,), SHORTLISTED)
    _record(session, actor, proposal, "proposal.shortlisted")


def unlist(session: Session, *, actor: Actor, proposal_id: str) -> None:
    """Take a proposal off the short list.

    Raises:
        NotFoundError: no such proposal for this actor.
        NotPermittedError: the actor is no owner of the post's company.
        ConflictError: it is not on the list.
    """
    proposal = _received(session, actor, proposal_id)
    _move(session, proposal, (SHORTLISTED,), SUBMITTED)
    _record(session, actor, proposal, "proposal.unlisted")


def decline(session: Session, *, actor: Actor, proposal_id: str, reason: str) -> None:
    """Say no to a proposal, with a reason that the freelancer reads.

    Raises:
        NotFoundError: no such proposal for this actor.
        NotPermittedError: the actor is no owner of the post's company.
        InvalidError: there is no reason, or it is too long.
        ConflictError: it was decided or withdrawn, or an offer is open.
    """
    proposal = _received(session, actor, proposal_id)
    reject(session, actor=actor, proposal=proposal, reason=checked_reason(reason))


def checked_reason(reason: str) -> str:
    """Return a reason without the space around it.

    Raises:
        InvalidError: there is none, or it is too long; the field is `reason`.
    """
    text = reason.strip()
    if not 1 <= len(text) <= MOST_REASON:
        sentence = _("Write a reason of up to {most} characters.")
        raise InvalidError(sentence.format(most=MOST_REASON), field="reason")
    return text


def reject(session: Session, *, actor: Actor, proposal: Proposal, reason: str) -> None:
    """Decline a proposal that the actor may decide on, and tell its freelancer why.

    Raises:
        ConflictError: it was decided or withdrawn, or an offer is open.
    """
    _require_no_offer(session, proposal)
    _move(session, proposal, OPEN, DECLINED, decline_reason=reason, answered_at=clock.now())
    job = session.get_one(JobPost, proposal.job_id)
    words = {"title": job.title, "reason": reason}
    href = routes.proposal(proposal.public_id)
    tellings.tell_owners(session, proposal.party_id, "proposal.declined", href=href, words=words)
    _record(session, actor, proposal, "proposal.declined")


def mark_viewed(session: Session, *, actor: Actor, proposal_id: str) -> None:
    """Note that an owner of the post's company opened a proposal; for others nothing happens.

    Raises:
        NotFoundError: no such proposal for this actor.
    """
    proposal = get_row(session, actor=actor, proposal_id=proposal_id)
    if proposal.party_id == actor.party_id or not actor.is_owner or proposal.viewed_at:
        return
    session.exec(
        update(Proposal)
        .where(col(Proposal.id) == proposal.id, col(Proposal.viewed_at).is_(None))
        .values(viewed_at=clock.now())
    )
    tellings.wake_parties(session, actor.party_id)


def mark_hired(session: Session, *, proposal_id: int) -> None:
    """Note that the offer for a proposal was accepted; for the offers service only.

    Raises:
        ConflictError: the proposal was decided or withdrawn.
    """
    proposal = session.get_one(Proposal, proposal_id)
    _move(session, proposal, OPEN, HIRED, answered_at=clock.now())


def open_for(session: Session, *, job: JobPost) -> list[Proposal]:
    """Return the undecided proposals of a post; the caller has checked who asks."""
    rows = select(Proposal).where(Proposal.job_id == job.id, col(Proposal.status).in_(OPEN))
    return list(session.exec(rows.order_by(col(Proposal.id))))


def _require_no_offer(session: Session, proposal: Proposal) -> None:
    """Let an open offer be answered or withdrawn first, so that none outlives its proposal."""
    lock(session, proposal)
    is_open = (Offer.proposal_id == proposal.id, Offer.status == OfferStatus.SENT)
    if session.exec(select(Offer.id).where(*is_open)).first() is not None:
        raise ConflictError(_("An offer is open. It must be answered or withdrawn first."))


def _received(session: Session, actor: Actor, proposal_id: str) -> Proposal:
    proposal = get_row(session, actor=actor, proposal_id=proposal_id)
    if proposal.party_id == actor.party_id:
        raise NotPermittedError(_("Only the client can decide on a proposal."))
    access.require_company(actor)
    return proposal


def _move(
    session: Session,
    proposal: Proposal,
    sources: tuple[ProposalStatus, ...],
    target: ProposalStatus,
    **values: object,
) -> None:
    """Move the status in one guarded UPDATE, so that of two racers one wins.

    Raises:
        ConflictError: the proposal is not (or no longer) in a source status.
    """
    won = session.exec(
        update(Proposal)
        .where(col(Proposal.id) == proposal.id, col(Proposal.status).in_(sources))
        .values(status=target, **values)
    ).rowcount
    session.refresh(proposal)
    if won != 1:
        raise ConflictError(_already(proposal.status))
    job = session.get_one(JobPost, proposal.job_id)
    tellings.wake_parties(session, proposal.party_id, job.party_id)
    events.announce(session, topic(proposal))


def _already(status: ProposalStatus) -> str:
    match status:
        case ProposalStatus.SUBMITTED:
            return _("This proposal is not on the short list.")
        case ProposalStatus.SHORTLISTED:
            return _("This proposal is on the short list already.")
        case ProposalStatus.HIRED:
            return _("This proposal led to a contract already.")
        case ProposalStatus.DECLINED:
            return _("This proposal is already declined.")
        case ProposalStatus.WITHDRAWN:
            return _("This proposal is already withdrawn.")


def _record(session: Session, actor: Actor, proposal: Proposal, action: str) -> None:
    audit.record(session, actor=actor, action=action, subject=f"proposal:{proposal.id}")
