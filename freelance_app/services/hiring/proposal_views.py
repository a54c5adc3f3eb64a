"""Proposals as pages show them: the client's inbox, the freelancer's list, one proposal."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlalchemy import ScalarSelect, label
from sqlalchemy import select as sql_select
from sqlmodel import Session, col, func, select

from freelance_app import clock, db, routes
from freelance_app.errors import NotPermittedError
from freelance_app.markup import SafeHtml, plain, render
from freelance_app.models import (
    JobPost,
    JobStatus,
    Offer,
    OfferStatus,
    Party,
    Proposal,
    ProposalStatus,
)
from freelance_app.money import Money
from freelance_app.security.actor import Actor
from freelance_app.services.accounts import doors
from freelance_app.services.hiring import proposals
from freelance_app.services.instance import counts, keyset, needs
from freelance_app.services.instance.deadlines import NO_CLOCK
from freelance_app.services.instance.keyset import FIRST, Place
from freelance_app.services.instance.needs import Need
from freelance_app.services.instance.numbers import PARTY_ID
from freelance_app.services.instance.views import PersonView, TodoView, person_view
from freelance_app.services.jobs import posts
from freelance_app.text import _, ngettext, recent_text

PAGE = 20
OPENING = 200


@dataclass(frozen=True, slots=True)
class ProposalCard:
    """A proposal in a list; `other` is the freelancer for a client, the client for a freelancer."""

    id: str = ""
    job_id: str = ""
    job: str = ""
    other: PersonView = field(default_factory=PersonView)
    bid: str = ""
    duration: str = ""
    opening: str = ""
    sent: str = ""
    status: str = ""
    is_new: bool = False


@dataclass(frozen=True, slots=True)
class ProposalsPage:
    """A part of a list."""

    job_id: str = ""
    job: str = ""
    proposals: list[ProposalCard] = field(default_factory=list[ProposalCard])
    older: str = ""
    newer: str = ""


@dataclass(frozen=True, slots=True)
class ProposalView:
    """One proposal, as one reader may see and use it."""

    card: ProposalCard = field(default_factory=ProposalCard)
    letter: SafeHtml = field(default_factory=SafeHtml)
    budget: str = ""
    reason: str = ""
    offer_href: str = ""
    is_received: bool = False
    can_offer: bool = False
    can_shortlist: bool = False
    can_unlist: bool = False
    can_decline: bool = False
    can_withdraw: bool = False


def get_view(session: Session, *, actor: Actor, proposal_id: str) -> ProposalView:
    """Return a proposal with its letter.

    Raises:
        NotFoundError: no such proposal for this actor.
    """
    proposal = proposals.get_row(session, actor=actor, proposal_id=proposal_id)
    is_received = proposal.party_id != actor.party_id
    is_open, may_act = proposal.status in proposals.OPEN, actor.is_owner
    may_decide = is_received and may_act and is_open
    job = session.get_one(JobPost, proposal.job_id)
    offer = _newest_offer(session, proposal)
    has_open_offer = offer is not None and offer.status is OfferStatus.SENT
    return ProposalView(
        card=_cards(session, actor, [proposal])[0],
        letter=render(proposal.cover_letter),
        budget=Money(job.budget_minor, job.currency).format(),
        reason=proposal.decline_reason,
        offer_href=routes.offer(offer.public_id) if offer else "",
        is_received=is_received,
        can_offer=may_decide and not has_open_offer,
        can_shortlist=may_decide and proposal.status is proposals.SUBMITTED,
        can_unlist=may_decide and proposal.status is proposals.SHORTLISTED,
        can_decline=may_decide and not has_open_offer,
        can_withdraw=not is_received and may_act and is_open and not has_open_offer,
    )


def _newest_offer(session: Session, proposal: Proposal) -> Offer | None:
    rows = select(Offer).where(Offer.proposal_id == proposal.id).order_by(col(Offer.id).desc())
    return session.exec(rows.limit(1)).first()


def list_for_job(
    session: Session, *, actor: Actor, job_id: str, place: Place = FIRST
) -> ProposalsPage:
    """Return the proposals that a company's post received, the newest first.

    Raises:
        NotFoundError: no such post for this actor.
        NotPermittedError: it is another company's.
    """
    job = posts.get_row(session, actor=actor, job_id=job_id)
    if job.party_id != actor.party_id:
        raise NotPermittedError(_("Only the client who posted this job reads its proposals."))
    query = proposals.visible_to(actor).where(
        Proposal.job_id == job.id, Proposal.status != proposals.WITHDRAWN
    )
    page = keyset.read(session, query, Proposal, place=place, most=PAGE)
    cards = _cards(session, actor, page.rows)
    return ProposalsPage(job.public_id, job.title, cards, page.older, page.newer)


def list_own(session: Session, *, actor: Actor, place: Place = FIRST) -> ProposalsPage:
    """Return the proposals that the actor's party sent, the newest first."""
    query = proposals.visible_to(actor).where(Proposal.party_id == actor.party_id)
    page = keyset.read(session, query, Proposal, place=place, most=PAGE)
    cards = _cards(session, actor, page.rows)
    return ProposalsPage(proposals=cards, older=page.older, newer=page.newer)


def _cards(session: Session, actor: Actor, rows: Sequence[Proposal]) -> list[ProposalCard]:
    """Return cards with two queries for the whole list."""
    jobs = keyset.by_id(session, JobPost, [row.job_id for row in rows])
    party_ids = {row.party_id for row in rows} | {job.party_id for job in jobs.values()}
    parties = keyset.by_id(session, Party, party_ids)
    return [_card(row, jobs[row.job_id], parties, actor) for row in rows]


def _card(row: Proposal, job: JobPost, parties: dict[int, Party], actor: Actor) -> ProposalCard:
    is_received = row.party_id != actor.party_id
    other = parties[row.party_id if is_received else job.party_id]
    flat = plain(row.cover_letter)
    is_new = is_received and row.viewed_at is None and row.status is proposals.SUBMITTED
    return ProposalCard(
        id=row.public_id,
        job_id=job.public_id,
        job=job.title,
        other=person_view(other.name, row_id=other.id, is_company=not is_received),
        bid=Money(row.bid_minor, row.currency).format(),
        duration=ngettext("{n} day", "{n} days", row.duration_days).format(n=row.duration_days),
        opening=flat if len(flat) <= OPENING else f"{flat[:OPENING].rstrip()}…",
        sent=_("Sent {when}").format(when=recent_text(row.created_at, now=clock.now())),
        status=_badge(row.status, is_received=is_received),
        is_new=is_new,
    )


def _badge(status: ProposalStatus, *, is_received: bool) -> str:
    """Return the badge of a status; the short list is the client's own affair."""
    if status is proposals.SUBMITTED or (status is proposals.SHORTLISTED and not is_received):
        return "open"
    return status.value


_NEW = (
    sql_select(
        label("job_id", col(JobPost.id)),
        label("public_id", col(JobPost.public_id)),
        label("title", col(JobPost.title)),
    )
    .join(Proposal, col(Proposal.job_id) == JobPost.id)
    .where(
        col(Proposal.client_party_id) == PARTY_ID,
        col(JobPost.status) == JobStatus.OPEN,
        col(Proposal.status) == proposals.SUBMITTED,
        col(Proposal.viewed_at).is_(None),
    )
)
_POSTS = (col(JobPost.id), col(JobPost.public_id), col(JobPost.title))
_NEW_BY_JOB = (
    _NEW.add_columns(label("total", func.count())).group_by(*_POSTS).order_by(col(JobPost.id))
)


@counts.register_number("proposals")
def count_new(role: Actor) -> ScalarSelect[int] | None:
    """Return the number of proposals that the company has not opened yet."""
    new = _NEW.with_only_columns(func.count())
    return new.scalar_subquery() if role.is_company else None


@needs.register_number
def count_needs(role: Actor) -> ScalarSelect[int] | None:
    """Return the number of posts with such proposals."""
    posts = _NEW.with_only_columns(func.count(col(JobPost.id).distinct()))
    return posts.scalar_subquery() if role.is_company and role.is_owner else None


@needs.register
def list_needs(session: Session, *, actor: Actor) -> list[Need]:
    """Return the posts whose new proposals wait for an owner of the company."""
    if not actor.is_company or not actor.is_owner:
        return []
    rows = db.ask(session, _NEW_BY_JOB, party_id=actor.party_id)
    return [
        Need(
            TodoView(
                kind="proposal",
                title=ngettext("Read {n} new proposal", "Read {n} new proposals", row.total).format(
                    n=row.total
                ),
                about=row.title,
                status="to_review",
                amount="",
                who=_("You"),
                clock=NO_CLOCK,
                act=_("Read"),
                href=routes.job_proposals(row.public_id),
            )
        )
        for row in rows
    ]


@doors.register(routes.PROPOSALS)
def open_page(session: Session, actor: Actor, parts: Sequence[str]) -> None:
    """Open the pages of a proposal.

    Raises:
        NotFoundError: there is none for this actor.
    """
    proposals.get_row(session, actor=actor, proposal_id="".join(parts[:1]))
