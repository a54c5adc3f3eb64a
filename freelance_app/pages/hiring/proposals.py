"""The proposals that the freelancer sent."""

from typing import Any

import reflex as rx

from freelance_app import routes
from freelance_app.components import ui
from freelance_app.components.frame import IS_CLIENT, entering, loaded, signed_in_page
from freelance_app.components.keyset import keyset_pager
from freelance_app.components.proposals import sent_list
from freelance_app.state.hiring.proposals import ProposalsState
from freelance_app.text import _

SENT: Any = ProposalsState.sent


def body() -> rx.Component:
    """Return the proposals, or the way to the first one."""
    nothing = ui.empty_state(
        _("No proposals yet"),
        _("Find a job that fits you and write to its client."),
        symbol="send",
        action=ui.link_button(_("See open jobs"), href=routes.JOBS, kind="primary"),
    )
    for_client = ui.empty_state(
        _("Freelancers send proposals"),
        _("What your jobs received stands with each of them."),
        symbol="inbox",
        action=ui.link_button(_("My jobs"), href=routes.MY_JOBS, kind="primary"),
    )
    listed = ui.stack(
        sent_list(SENT.proposals),
        keyset_pager(
            _("The newest first"), path=routes.PROPOSALS, older=SENT.older, newer=SENT.newer
        ),
        gap=3,
    )
    blank = ui.card(rx.cond(IS_CLIENT, for_client, nothing), padded=False)
    return rx.cond(SENT.proposals.length() > 0, listed, blank)


@rx.page(
    route=routes.PROPOSALS,
    title=_("Proposals"),
    description=_("Proposals that you sent, and what became of them."),
    on_load=entering(ProposalsState.enter),
)
def proposals() -> rx.Component:
    """Return the page."""
    waiting = ui.list_card(ui.skeleton_rows(4, label=_("Loading proposals")), tag="div")
    return signed_in_page(
        ui.page_header(_("Proposals"), tight=True),
        loaded(ProposalsState, body(), waiting=waiting),
        here=routes.PROPOSALS,
        crumbs=[(_("Proposals"), routes.PROPOSALS)],
    )
