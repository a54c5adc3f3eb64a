"""The page that funds milestones: out of the wallet, or by a deposit for just these."""

from typing import Any

import reflex as rx

from freelance_app import routes
from freelance_app.components import ui
from freelance_app.components.frame import entering, loaded, signed_in_page
from freelance_app.services.contracts.funding import FundableView
from freelance_app.state.contracts.funding import FundingState
from freelance_app.text import _

FUNDING: Any = FundingState.funding
CONTRACT: Any = ui.tell(f"{routes.CONTRACTS}/{{id}}", id=FUNDING.contract_id)


def choice(milestone: FundableView) -> rx.Component:
    """Return one milestone with its box."""
    words = ui.tell(
        _("Milestone {number}, {title}"),
        number=milestone.number.to(str),  # pyright: ignore[reportAttributeAccessIssue]
        title=milestone.title,
    )
    return ui.checkbox(
        words,
        count=ui.tell("{amount} · {due}", amount=milestone.amount, due=milestone.due),
        checked=FUNDING.chosen.contains(milestone.id),
        on_change=FundingState.choose(milestone.id),
    )


def fund_button() -> rx.Component:
    """Return the one press: fund now, or show where to send what is missing."""
    fund = FundingState.fund(FUNDING.chosen)
    from_wallet = ui.button(
        ui.tell(_("Fund {amount}"), amount=FUNDING.to_hold),
        kind="primary",
        size=3,
        icon="lock-keyhole",
        disabled=~FUNDING.can_fund,
        on_click=fund,
    )
    by_deposit = ui.button(
        ui.tell(_("Send {amount} to fund"), amount=FUNDING.missing),
        kind="primary",
        size=3,
        icon="landmark",
        disabled=~FUNDING.can_fund,
        on_click=fund,
    )
    return rx.cond(FUNDING.missing != "", by_deposit, from_wallet)


def sums() -> rx.Component:
    """Return what is held, what the wallet has, and what is missing."""
    held = (_("To be held"), ui.money(FUNDING.to_hold))
    wallet = (_("Free in your wallet"), ui.money(FUNDING.wallet))
    kept = ui.text(
        ui.tell(_("{amount} more is kept for deposits on their way."), amount=FUNDING.kept),
        dim=True,
    )
    short = ui.text(
        ui.tell(
            _(
                "The wallet lacks {amount}. You get the bank details for it next; when it has "
                "arrived, the milestones are funded by themselves."
            ),
            amount=FUNDING.missing,
        ),
        dim=True,
    )
    return ui.card(
        ui.stack(
            ui.key_values(held, wallet),
            rx.cond(FUNDING.kept != "", kept),
            rx.cond(FUNDING.fee != "", ui.text(FUNDING.fee, dim=True)),
            rx.cond(FUNDING.missing != "", short),
            ui.hide_phone(fund_button()),
            gap=3,
        ),
        title=_("Money"),
        card_id="money",
    )


def body() -> rx.Component:
    """Return what can be funded, or that nothing is left to fund."""
    nothing = ui.empty_state(
        _("All milestones are funded"),
        _("Nothing is left to fund in this contract."),
        symbol="lock-keyhole",
        action=ui.link_button(_("Open the contract"), href=CONTRACT),
    )
    choices = ui.card(
        ui.checkbox_group(_("Which milestones?"), ui.each(FUNDING.milestones, choice)),
        title=_("Milestones"),
        card_id="milestones",
    )
    promise = ui.callout(
        _("Money is held until you approve the work. It is paid to nobody before."),
        symbol="lock-keyhole",
    )
    listed = ui.columns(choices, promise, aside=sums(), label=_("Money"))
    return rx.cond(FUNDING.milestones.length() > 0, listed, ui.card(nothing, padded=False))


@rx.page(
    route=routes.CONTRACT_FUND,
    title=_("Fund milestones"),
    description=_("Hold the money of milestones until the work is approved."),
    on_load=entering(FundingState.enter),
)
def contract_fund() -> rx.Component:
    """Return the page."""
    header = ui.page_header(_("Fund milestones"), ui.link(FUNDING.title, href=CONTRACT))
    waiting = ui.list_card(ui.skeleton_rows(3, label=_("Loading milestones")), tag="div")
    return signed_in_page(
        loaded(
            FundingState,
            rx.fragment(header, body()),
            waiting=waiting,
            back=_("Back to the contract"),
        ),
        here=routes.CONTRACTS,
        crumbs=[
            (_("Contracts"), routes.CONTRACTS),
            (FUNDING.number, CONTRACT),
            (_("Fund milestones"), routes.CONTRACTS),
        ],
        action=rx.cond(FUNDING.can_fund, fund_button()),
    )
