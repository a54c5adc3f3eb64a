"""The page of a milestone in one read."""

from dataclasses import dataclass, field

from sqlmodel import Session

from freelance_app.errors import NotFoundError
from freelance_app.models import Contract, Party
from freelance_app.security.actor import Actor
from freelance_app.services.contracts import (
    contracts,
    milestone_views,
    milestones,
    next_actions,
    submission_views,
)
from freelance_app.services.contracts.milestone_views import NO_MILESTONE, MilestoneView
from freelance_app.services.contracts.milestones import RELEASED
from freelance_app.services.contracts.next_actions import NO_NEXT, NextView
from freelance_app.services.contracts.submission_views import SubmissionView
from freelance_app.text import _


@dataclass(frozen=True, slots=True)
class MilestonePage:
    """A milestone with all that was handed in for it; empty while it loads.

    Attributes:
        next: what comes next for it; without a title when it is released.
    """

    contract_id: str = ""
    contract_number: str = ""
    contract_title: str = ""
    title: str = ""
    milestone: MilestoneView = NO_MILESTONE
    next: NextView = NO_NEXT
    history: list[SubmissionView] = field(default_factory=list[SubmissionView])


def get_page(
    session: Session, *, actor: Actor, contract_id: str, milestone_id: str
) -> MilestonePage:
    """Return the page of a milestone.

    Raises:
        NotFoundError: that contract has no such milestone for this actor.
    """
    row, contract = milestones.get(session, actor=actor, milestone_id=milestone_id, to_act=False)
    if contract.public_id != contract_id:
        raise NotFoundError(_("There is no such milestone."))
    views = {
        view.id: view for view in milestone_views.list_for(session, actor=actor, contract=contract)
    }
    view = views[row.public_id]
    other = session.get_one(Party, contracts.other_party_id(contract, actor)).name
    return MilestonePage(
        contract_id=contract.public_id,
        contract_number=contract.number,
        contract_title=contract.title,
        title=_("Milestone {number}, {title}").format(number=view.number, title=view.title),
        milestone=view,
        next=NO_NEXT if view.status == RELEASED.value else _next(actor, contract, view, other),
        history=submission_views.by_milestone(session, contract).get(row.id, []),
    )


def _next(actor: Actor, contract: Contract, view: MilestoneView, other: str) -> NextView:
    return next_actions.next_for(actor, contract, [view], other=other)
