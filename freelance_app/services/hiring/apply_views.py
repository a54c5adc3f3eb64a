"""The form of a proposal, as the freelancer who fills it in sees it."""

from dataclasses import dataclass, field

from sqlmodel import Session

from freelance_app import routes
from freelance_app.errors import InvalidError
from freelance_app.models import JobStatus
from freelance_app.money import Money
from freelance_app.security.actor import Actor
from freelance_app.services.instance import policies
from freelance_app.services.jobs import post_views, posts
from freelance_app.services.jobs.post_views import JobView
from freelance_app.text import _

FEE = "freelancer_fee_basis_points"


@dataclass(frozen=True, slots=True)
class ApplyView:
    """A post and what its form needs.

    Attributes:
        budget: the post's, as it would be typed.
        has_fee: whether something is taken from what the freelancer is paid.
        blocked: why no proposal can be sent; empty when one can.
        proposal_href: the active proposal of this party; empty for none.
    """

    job: JobView = field(default_factory=JobView)
    currency: str = ""
    budget: str = ""
    has_fee: bool = False
    blocked: str = ""
    proposal_href: str = ""


def get_view(session: Session, *, actor: Actor, job_id: str) -> ApplyView:
    """Return the form for a post.

    Raises:
        NotFoundError: no such post for this actor.
    """
    job = posts.get_row(session, actor=actor, job_id=job_id)
    view = post_views.get_view(session, actor=actor, job_id=job_id)
    sent = routes.proposal(view.proposal_id) if view.proposal_id else ""
    return ApplyView(
        job=view,
        currency=job.currency,
        budget=Money(job.budget_minor, job.currency).as_typed(),
        has_fee=policies.value(session, FEE) > 0,
        blocked="" if view.can_propose else _why(actor, job.status, sent),
        proposal_href=sent,
    )


def _why(actor: Actor, status: JobStatus, sent: str) -> str:
    if sent:
        return _("You have sent a proposal for this job. The client sees it.")
    if status is not JobStatus.OPEN:
        return _("This job takes no more proposals.")
    if not actor.is_freelancer:
        return _("Only freelancers send proposals.")
    return _("You can look at this, but only an owner can send a proposal.")


def net_of(session: Session, *, actor: Actor, job_id: str, bid: str) -> str:
    """Return what is left of a bid after the fee of today, in words; empty while it is no amount.

    Raises:
        NotFoundError: no such post for this actor.
    """
    job = posts.get_row(session, actor=actor, job_id=job_id)
    rate = policies.value(session, FEE)
    try:
        gross = Money.parse(bid, job.currency, field="bid")
    except InvalidError:
        return ""
    fee = gross.share(rate)
    words = {"net": (gross - fee).format(), "fee": fee.format()}
    return _("You receive {net} after the fee of {fee}.").format(**words)
