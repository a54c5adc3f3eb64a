"""The first page: what waits for the actor, money, the coming days, and what others did."""

from dataclasses import dataclass, field

from sqlmodel import Session

from freelance_app import clock, routes
from freelance_app.security.actor import Actor
from freelance_app.services.hiring import agenda, home_money
from freelance_app.services.hiring.home_money import MoneyBox
from freelance_app.services.instance import needs, notices
from freelance_app.services.instance.notices import NoticeView
from freelance_app.services.instance.views import (
    ActivityView,
    AppointmentView,
    DayView,
    MonthView,
    TodoView,
)
from freelance_app.text import _, ngettext, today_text, zone_text

ACTIVITIES = 5


@dataclass(frozen=True, slots=True)
class HintView:
    """The first step of somebody for whom nothing is there yet; `symbol` names an icon."""

    title: str = ""
    sentence: str = ""
    act: str = ""
    href: str = ""
    symbol: str = "house"


@dataclass(frozen=True, slots=True)
class HomeView:
    """The page; empty while it loads.

    Attributes:
        summary: one sentence under the day.
        todos_count: as text, empty for none.
        waits: what others have to do, whose link is `waits_words`, empty for none.
        month_title: names the currency of `months`.
        months_words: the sums by month, for those who do not see the bars.
        is_new: nothing is there yet, so the page shows `hint` alone.
        has_money: whether the actor acts for somebody who has money here.
    """

    today: str = ""
    summary: str = ""
    todos: list[TodoView] = field(default_factory=list[TodoView])
    todos_count: str = ""
    waits: list[TodoView] = field(default_factory=list[TodoView])
    waits_words: str = ""
    boxes: list[MoneyBox] = field(default_factory=list[MoneyBox])
    months: list[MonthView] = field(default_factory=list[MonthView])
    months_title: str = ""
    months_words: str = ""
    days: list[DayView] = field(default_factory=list[DayView])
    appointments: list[AppointmentView] = field(default_factory=list[AppointmentView])
    activities: list[ActivityView] = field(default_factory=list[ActivityView])
    hint: HintView = field(default_factory=HintView)
    is_new: bool = False
    has_money: bool = False


def get_view(session: Session, *, actor: Actor) -> HomeView:
    """Return the page for the party that the actor acts for."""
    todos = needs.list_for(session, actor=actor)
    waits = needs.waits_for(session, actor=actor)
    boxes = home_money.boxes(session, actor=actor)
    months = home_money.by_month(session, actor=actor, boxes=boxes)
    appointments = agenda.coming(session, actor=actor)
    activities = _activities(notices.latest_for(session, actor=actor, most=ACTIVITIES))
    return HomeView(
        today=today_text(clock.now()),
        summary=_summary(todos),
        todos=todos,
        todos_count=str(len(todos)) if todos else "",
        waits=waits,
        waits_words=_("Waiting for others, {count}").format(count=len(waits)) if waits else "",
        boxes=boxes,
        months=months.bars,
        months_title=months.title,
        months_words=months.words,
        days=agenda.days(appointments),
        appointments=[each.view for each in appointments],
        activities=activities,
        hint=_hint(actor),
        is_new=not (todos or waits or boxes or appointments or activities),
        has_money=bool(actor.party_id),
    )


def _summary(todos: list[TodoView]) -> str:
    zone = _("Times are yours, {zone}.").format(zone=zone_text(clock.now()))
    if not todos:
        return " ".join((_("Nothing waits for you."), zone))
    until = todos[0].clock.ends_at
    if not until:
        count = ngettext("One thing waits for you.", "{count} things wait for you.", len(todos))
        return " ".join((count.format(count=len(todos)), zone))
    count = ngettext(
        "One thing waits for you, until {until}.",
        "{count} things wait for you, the first until {until}.",
        len(todos),
    )
    return count.format(count=len(todos), until=until)


def _activities(told: list[NoticeView]) -> list[ActivityView]:
    return [
        ActivityView(
            who=each.who,
            title=each.title,
            about=each.detail,
            at=each.at,
            href=each.href,
            icon=each.icon,
            is_unread=each.is_unread,
        )
        for each in told
    ]


def _hint(actor: Actor) -> HintView:
    """Return the first step of the actor's role."""
    if actor.is_company and actor.is_owner:
        sentence = _(
            "Say what you need and what you pay. Freelancers send proposals, you choose one, "
            "and the money is held until you approve the work."
        )
        return HintView(
            _("Post your first job"), sentence, _("Post a job"), routes.JOB_NEW, "briefcase"
        )
    if actor.is_company:
        sentence = _("What your company posts and signs stands here. You can look at all of it.")
        return HintView(_("Nothing here yet"), sentence, _("My jobs"), routes.MY_JOBS, "briefcase")
    if actor.is_freelancer:
        sentence = _(
            "Read what clients need and send a proposal. Once you are hired, the money is held "
            "before you start."
        )
        return HintView(_("Find your first job"), sentence, _("Find a job"), routes.JOBS, "search")
    if "administrator" in actor.staff_roles:
        sentence = _("Check the name, the bank account for deposits, and who may sign up.")
        return HintView(
            _("This market is ready"),
            sentence,
            _("Open settings"),
            routes.ADMIN_SETTINGS,
            "settings",
        )
    if "finance" in actor.staff_roles:
        sentence = _("Deposits to confirm and payouts to send will stand here.")
        return HintView(
            _("Nothing here yet"), sentence, _("Open finance"), routes.ADMIN_FINANCE, "landmark"
        )
    sentence = _("You act for nobody yet. Choose whether you hire or work.")
    return HintView(
        _("Choose a role"), sentence, _("Open settings"), routes.SETTINGS_PROFILE, "users"
    )
