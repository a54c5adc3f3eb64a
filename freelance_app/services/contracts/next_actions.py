"""The one thing that comes next in a contract, for whoever reads: who acts, what, until when."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from freelance_app.models import Contract, MilestoneStatus
from freelance_app.security.actor import Actor
from freelance_app.services.contracts import contracts
from freelance_app.services.contracts.milestone_views import MilestoneView
from freelance_app.services.instance.views import NO_CLOCK, ClockView
from freelance_app.text import _, ngettext

Act = Literal["", "approve", "submit", "fund"]
DRAFT, FUNDED = MilestoneStatus.DRAFT.value, MilestoneStatus.FUNDED.value
SUBMITTED, CHANGES = MilestoneStatus.SUBMITTED.value, MilestoneStatus.CHANGES_REQUESTED.value


@dataclass(frozen=True, slots=True)
class NextView:
    """The next action; `act` is empty when the reader has none.

    Attributes:
        status: waits_for_you, waits_for_other or completed.
        who: the badge's words, such as "Waits for Ingrid".
        label: words of the button.
    """

    act: Act = ""
    status: str = "waits_for_other"
    who: str = ""
    milestone_id: str = ""
    title: str = ""
    sentence: str = ""
    label: str = ""
    clock: ClockView = NO_CLOCK


NO_NEXT = NextView()
CLIENT_ORDER = (SUBMITTED, FUNDED, CHANGES, DRAFT)
FREELANCER_ORDER = (CHANGES, FUNDED, SUBMITTED, DRAFT)
Speak = Callable[[MilestoneView, str], NextView]


def next_for(
    actor: Actor, contract: Contract, rows: Sequence[MilestoneView], *, other: str
) -> NextView:
    """Return what comes next: first what the reader's side can do, then what the other does."""
    if not [row for row in rows if row.rest_minor]:
        return NextView(
            status="completed",
            who=_("Completed"),
            title=_("All milestones are released"),
            sentence=_("Nothing is left to do. The terms and the record stay here."),
        )
    is_client = contracts.is_client(contract, actor)
    for status in CLIENT_ORDER if is_client else FREELANCER_ORDER:
        waiting = sorted(
            (row for row in rows if row.status == status),
            key=lambda row: (row.clock.percent_left, row.number),
        )
        if waiting:
            speak = (FOR_CLIENT if is_client else FOR_FREELANCER)[status]
            return _for_reader(speak(waiting[0], other), actor, other)
    return NextView()


def _for_reader(found: NextView, actor: Actor, other: str) -> NextView:
    """Take the act from those who only look, and name who has to act."""
    is_own = found.act != ""
    who = _who(is_own, actor, other)
    if is_own and actor.is_owner:
        return replace(found, status="waits_for_you", who=who)
    return replace(found, act="", status="waits_for_other", who=who)


def _who(is_own: bool, actor: Actor, other: str) -> str:
    if not is_own:
        return _("Waits for {name}").format(name=other)
    return _("Waits for you") if actor.is_owner else _("Waits for an owner")


def _numbered(form: str, row: MilestoneView) -> str:
    return form.format(number=row.number, title=row.title)


def _client_submitted(row: MilestoneView, other: str) -> NextView:
    count = len(row.submission.files)
    with_files = ngettext(
        "{name} submitted {count} file on {day}. Approve to pay {amount}, or ask for changes, "
        "which stops the clock.",
        "{name} submitted {count} files on {day}. Approve to pay {amount}, or ask for changes, "
        "which stops the clock.",
        count,
    )
    without = _(
        "{name} submitted the work on {day}. Approve to pay {amount}, or ask for changes, which "
        "stops the clock."
    )
    sentence = with_files if count else without
    return NextView(
        act="approve",
        milestone_id=row.id,
        title=_numbered(_("Review milestone {number}, {title}"), row),
        sentence=sentence.format(name=other, count=count, day=row.submission.at, amount=row.rest),
        label=_("Approve and release {amount}").format(amount=row.rest),
        clock=row.clock,
    )


def _client_works(row: MilestoneView, other: str) -> NextView:
    sentence = _("{amount} is held. When the work is submitted, you review it here.")
    return NextView(
        milestone_id=row.id,
        title=_("{name} works on milestone {number}, {title}").format(
            name=other, number=row.number, title=row.title
        ),
        sentence=sentence.format(amount=row.rest),
    )


def _client_changes(row: MilestoneView, other: str) -> NextView:
    sentence = _("You asked for changes. The clock is stopped, and {amount} stays held.")
    return NextView(
        milestone_id=row.id,
        title=_("{name} changes milestone {number}, {title}").format(
            name=other, number=row.number, title=row.title
        ),
        sentence=sentence.format(amount=row.rest),
    )


def _client_draft(row: MilestoneView, other: str) -> NextView:
    sentence = _("{amount} is held until you approve the work. Then {name} can start.")
    return NextView(
        act="fund",
        milestone_id=row.id,
        title=_numbered(_("Fund milestone {number}, {title}"), row),
        sentence=sentence.format(amount=row.amount, name=other),
        label=_("Fund milestone {number}").format(number=row.number),
    )


def _freelancer_submitted(row: MilestoneView, other: str) -> NextView:
    sentence = _("You submitted the work on {day}. {amount} is held for it.")
    return NextView(
        milestone_id=row.id,
        title=_("{name} reviews milestone {number}, {title}").format(
            name=other, number=row.number, title=row.title
        ),
        sentence=sentence.format(day=row.submission.at, amount=row.rest),
        clock=row.clock,
    )


def _freelancer_works(row: MilestoneView, other: str) -> NextView:
    sentence = _("{amount} is held for you. Submit the work by {day}; then {name} reviews it.")
    return NextView(
        act="submit",
        milestone_id=row.id,
        title=_numbered(_("Submit milestone {number}, {title}"), row),
        sentence=sentence.format(amount=row.rest, day=row.due, name=other),
        label=_("Submit work"),
    )


def _freelancer_changes(row: MilestoneView, other: str) -> NextView:
    sentence = _("{name} asks for changes. The clock is stopped; {amount} stays held for you.")
    return NextView(
        act="submit",
        milestone_id=row.id,
        title=_numbered(_("Change milestone {number}, {title}"), row),
        sentence=sentence.format(name=other, amount=row.rest),
        label=_("Submit again"),
    )


def _freelancer_draft(row: MilestoneView, other: str) -> NextView:
    sentence = _("Start when {amount} is held: you are told at once.")
    return NextView(
        milestone_id=row.id,
        title=_("{name} funds milestone {number}, {title}").format(
            name=other, number=row.number, title=row.title
        ),
        sentence=sentence.format(amount=row.amount),
    )


FOR_CLIENT: dict[str, Speak] = {
    SUBMITTED: _client_submitted,
    CHANGES: _client_changes,
    FUNDED: _client_works,
    DRAFT: _client_draft,
}
FOR_FREELANCER: dict[str, Speak] = {
    SUBMITTED: _freelancer_submitted,
    CHANGES: _freelancer_changes,
    FUNDED: _freelancer_works,
    DRAFT: _freelancer_draft,
}
