"""The proposals that a post received."""

from typing import Any

import reflex as rx

from freelance_app import routes
from freelance_app.components import ui
from freelance_app.components.frame import entering, loaded, signed_in_page
from freelance_app.components.keyset import keyset_pager
from freelance_app.components.proposals import received_list
from freelance_app.state.hiring.inbox import InboxState
from freelance_app.text import _

INBOX: Any = InboxState.inbox


def job_href(pattern: str = "{id}") -> Any:
    """Return a link to the post, or to a page under it."""
    return ui.tell(f"{routes.JOBS}/{pattern}", id=INBOX.job_id)


def header() -> rx.Component:
    """Return the heading with the post that it is about."""
    see = ui.link_button(_("Job post"), href=job_href(), icon="briefcase")
    return ui.page_header(_("Proposals"), INBOX.job, actions=see)


def body() -> rx.Component:
    """Return the proposals, or what will stand here."""
    nothing = ui.empty_state(
        _("No proposals yet"),
        _("Freelancers see the job. You are told here and by mail when one answers."),
        symbol="inbox",
    )
    listed = ui.stack(
        received_list(INBOX.proposals),
        keyset_pager(
            _("The newest first"),
            path=job_href("{id}/proposals"),
            older=INBOX.older,
            newer=INBOX.newer,
        ),
        gap=3,
    )
    return rx.cond(INBOX.proposals.length() > 0, listed, ui.card(nothing, padded=False))


@rx.page(
    route=routes.JOB_PROPOSALS,
    title=_("Proposals for a job"),
    description=_("Proposals that a job of your company received."),
    on_load=entering(InboxState.enter),
)
def inbox() -> rx.Component:
    """Return the page."""
    waiting = ui.list_card(ui.skeleton_rows(5, label=_("Loading proposals")), tag="div")
    return signed_in_page(
        loaded(
            InboxState,
            rx.fragment(header(), body()),
            waiting=waiting,
            back=_("Back to the job"),
        ),
        here=routes.MY_JOBS,
        crumbs=[(_("My jobs"), routes.MY_JOBS), (INBOX.job, job_href()), (_("Proposals"), "")],
    )
