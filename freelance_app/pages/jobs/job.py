"""A job post."""

from typing import Any

import reflex as rx

from freelance_app import routes
from freelance_app.components import ui
from freelance_app.components.frame import IS_CLIENT, entering, loaded, signed_in_page
from freelance_app.components.jobs import fact_grid, own_step, skills
from freelance_app.state.jobs.job import CLOSE, JobState
from freelance_app.text import _

JOB: Any = JobState.job
CARD: Any = JobState.job.card
ERRORS: Any = JobState.errors
MORE, DELETE = "more-of-job", "delete-job"


def _address(tail: str = "") -> Any:
    return ui.tell(f"{routes.JOBS}/{{id}}{tail}", id=CARD.id)


def primary() -> rx.Component:
    """Return the one next step of this reader."""
    publish = ui.button(_("Publish"), kind="primary", icon="send", on_click=JobState.publish)
    proposals = ui.link_button(
        ui.tell(_("Read {proposals}"), proposals=CARD.proposals),
        href=_address("/proposals"),
        kind="primary",
        icon="inbox",
    )
    owners = rx.cond(JOB.can_publish, publish, rx.cond(CARD.has_proposals, proposals, ""))
    return rx.cond(JOB.can_publish | JOB.can_see_proposals, owners, own_step(JOB))


def actions() -> rx.Component:
    """Return the page's acts; the rare ones are in a menu."""
    edit = ui.link_button(_("Edit"), href=_address("/edit"), icon="pencil-line")
    close = ui.menu_item(_("Close job"), icon="circle-stop", opens=CLOSE)
    delete = ui.menu_item(_("Delete draft"), icon="trash-2", danger=True, opens=DELETE)
    menu = ui.menu(
        MORE,
        rx.cond(JOB.can_close, close, rx.fragment()),
        rx.cond(JOB.can_delete, delete, rx.fragment()),
        label=_("More about this job"),
    )
    more = ui.icon_button("ellipsis", _("More about this job"), kind="second", menu=MORE)
    return ui.row(
        ui.hide_phone(primary()),
        rx.cond(JOB.can_edit, edit, rx.fragment()),
        rx.cond(JOB.can_close | JOB.can_delete, rx.fragment(more, menu), rx.fragment()),
    )


def header() -> rx.Component:
    """Return title, client and state."""
    return ui.page_header(
        CARD.title,
        ui.status_badge(CARD.status),
        ui.user_chip(CARD.client),
        CARD.posted,
        actions=actions(),
    )


def notices() -> rx.Component:
    """Say what is true of a post that is not on the board."""
    draft = ui.callout(
        _("A draft: only your company sees it. Freelancers see it once it is published."),
        tone="blue",
    )
    closed = ui.callout(_("This job is closed: it takes no more proposals."))
    return ui.choose(CARD.status, draft=draft, closed=closed)


def brief() -> rx.Component:
    """Return facts, description and skills."""
    return ui.card(
        ui.stack(
            fact_grid(JOB.facts),
            ui.safe_html(JOB.brief),
            ui.stack(ui.heading(_("Skills")), skills(CARD.skills)),
            gap=5,
        )
    )


def aside() -> rx.Component:
    """Return who offers the work, and how far it is."""
    client = ui.card(ui.user_chip(CARD.client, size=2), title=_("Client"), card_id="client")
    fresh = rx.cond(CARD.fresh != "", ui.badge(CARD.fresh, tone="amber", symbol="inbox"), "")
    link = ui.row(ui.link(CARD.proposals, href=_address("/proposals")), fresh)
    none = ui.text(_("None yet. You are told when one arrives."), dim=True)
    proposals = ui.card(
        rx.cond(CARD.has_proposals, link, none), title=_("Proposals"), card_id="proposals"
    )
    sealed = ui.card(
        ui.text(_("Proposals are sealed: only the client reads yours."), dim=True),
        title=_("Proposals"),
        card_id="proposals",
    )
    mine = rx.cond(JOB.can_see_proposals, proposals, rx.fragment())
    return rx.fragment(client, rx.cond(IS_CLIENT, mine, sealed))


def close_dialog() -> rx.Component:
    """Ask for the reason that open applicants read."""
    return ui.reason_dialog(
        CLOSE,
        ui.text(_("The job leaves the board and cannot be opened again."), dim=True),
        title=_("Close this job"),
        confirm=_("Close job"),
        on_submit=JobState.close,
        help=_("Who has an open proposal is declined with it. Needed only if there are any."),
        error=ERRORS.get("reason", ""),
        kind="danger",
        max_length=500,
    )


def delete_dialog() -> rx.Component:
    """Ask before a draft is thrown away."""
    return ui.confirm_dialog(
        DELETE,
        title=_("Delete this draft"),
        sentence=_("What you wrote is gone for good. Nobody else has seen it."),
        confirm=_("Delete draft"),
        on_confirm=JobState.delete,
        kind="danger",
        icon="trash-2",
    )


def crumbs() -> list[tuple[Any, Any]]:
    """Return the way here, by the reader's role."""
    words = rx.cond(IS_CLIENT, _("My jobs"), _("Jobs"))
    href = rx.cond(IS_CLIENT, routes.MY_JOBS, routes.JOBS)
    return [(words, href), (rx.cond(CARD.title != "", CARD.title, _("Job")), routes.JOBS)]


@rx.page(
    route=routes.JOB,
    title=_("Job"),
    description=_("What is to be done, what it pays and who offers it."),
    on_load=entering(JobState.enter),
)
def job() -> rx.Component:
    """Return the page."""
    content = ui.columns(notices(), brief(), aside=aside(), label=_("About the client"))
    waiting = ui.list_card(ui.skeleton_rows(6, label=_("Loading the job")), tag="div")
    return signed_in_page(
        loaded(JobState, rx.fragment(header(), content), waiting=waiting),
        here=(routes.JOBS, routes.MY_JOBS),
        crumbs=crumbs(),
        action=primary(),
        overlays=[close_dialog(), delete_dialog()],
    )
