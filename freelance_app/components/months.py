"""Sums by month: bars on home; a chart with its table on the pages about money."""

import reflex as rx

from freelance_app.components import ui
from freelance_app.components.ui.core import Many, Text, each, el
from freelance_app.services.instance.views import MonthView
from freelance_app.services.money.months import MonthsView
from freelance_app.text import _

CHART, TABLE = "chart", "table"


def month_bars(months: Many[MonthView], *, title: Text, label: Text) -> rx.Component:
    """Return sums by month as bars; `label` says them in words."""
    return rx.fragment(el.p(title, class_name="meta bars-label"), _bars(months, label, "bars"))


def months_card(views: Many[MonthsView], *, title: str) -> rx.Component:
    """Return a chart of a year for each currency, and the choice to read it as a table."""
    choice = ui.segments(
        _("Shown as"), "months-as", [(CHART, _("Chart")), (TABLE, _("Table"))], value=CHART
    )
    card = ui.card(
        each(views, _chart),
        title=title,
        card_id="months",
        padded=False,
        beside=ui.push(choice),
    )
    return el.div(card, class_name="months")


def _chart(view: MonthsView) -> rx.Component:
    bars = _bars(view.bars, view.words, "bars bars--year")
    return el.figure(
        el.p(view.currency, class_name="meta"),
        bars,
        _table(view),
        el.figcaption(view.note, class_name="meta"),
        class_name="months__one",
    )


def _bars(months: Many[MonthView], label: Text, names: str) -> rx.Component:
    return el.div(each(months, _bar), class_name=names, role="img", aria_label=label)


def _bar(month: MonthView) -> rx.Component:
    return el.div(
        el.span(month.amount, class_name="meta num"),
        el.b(custom_attrs={"style": {"--share": month.share}}),
        el.span(month.name, class_name="meta"),
        class_name=ui.when(month.is_far, "is-far", ""),
    )


def _table(view: MonthsView) -> rx.Component:
    def row(month: MonthView) -> rx.Component:
        return el.tr(el.th(month.long_name, scope="row"), el.td(month.exact, class_name="n num"))

    heads = el.tr(el.th(_("Month"), scope="col"), el.th(_("Amount"), scope="col", class_name="n"))
    return el.table(
        el.caption(view.title, class_name="sr"),
        el.thead(heads),
        el.tbody(each(view.bars, row)),
        class_name="months__table",
    )
