"""The one table of status words: word, icon and colour, never colour alone."""

from dataclasses import dataclass
from typing import Literal

import reflex as rx

from freelance_app.components.ui.core import Text, choose, classes, el, is_given
from freelance_app.components.ui.icons import icon
from freelance_app.text import _

Tone = Literal["gray", "blue", "amber", "green", "red", "violet"]


@dataclass(frozen=True)
class Look:
    """How one status is told."""

    tone: Tone
    icon: str
    word: str


STATUSES: dict[str, Look] = {
    "draft": Look("gray", "pencil-line", _("Draft")),
    "not_funded": Look("gray", "circle-dashed", _("Not funded")),
    "closed": Look("gray", "circle-stop", _("Closed")),
    "ended": Look("gray", "circle-stop", _("Ended")),
    "waits_for_other": Look("gray", "hourglass", _("Waits for the other")),
    "open": Look("blue", "circle-play", _("Open")),
    "active": Look("blue", "circle-play", _("Active")),
    "funded": Look("blue", "lock-keyhole", _("Funded")),
    "shortlisted": Look("blue", "star", _("Shortlisted")),
    "sealed": Look("blue", "mail", _("Sealed")),
    "waits_for_you": Look("amber", "hand", _("Waits for you")),
    "submitted": Look("amber", "send", _("Submitted")),
    "countered": Look("amber", "hand", _("Countered")),
    "to_review": Look("amber", "hand", _("To review")),
    "released": Look("green", "circle-check", _("Released")),
    "requested": Look("amber", "hourglass", _("Asked for")),
    "arrived": Look("green", "circle-check", _("Arrived")),
    "cancelled": Look("gray", "circle-x", _("Given up")),
    "returned": Look("red", "undo-2", _("Came back")),
    "paid_out": Look("green", "landmark", _("Paid out")),
    "verified": Look("green", "badge-check", _("Verified")),
    "payment_verified": Look("green", "badge-check", _("Payment verified")),
    "signed": Look("green", "circle-check", _("Signed")),
    "disputed": Look("red", "scale", _("In dispute")),
    "payment_failed": Look("red", "circle-x", _("Payment failed")),
    "mail_due": Look("gray", "hourglass", _("Waiting")),
    "mail_kept": Look("blue", "inbox", _("Kept here")),
    "mail_sent": Look("green", "send", _("Sent")),
    "mail_failed": Look("red", "circle-x", _("Failed")),
    "mail_unknown": Look("amber", "circle-question-mark", _("Not known")),
    "changes_requested": Look("amber", "undo-2", _("Changes asked")),
    "completed": Look("green", "circle-check", _("Completed")),
    "accepted": Look("green", "circle-check", _("Accepted")),
    "hired": Look("green", "circle-check", _("Hired")),
    "declined": Look("gray", "circle-x", _("Declined")),
    "withdrawn": Look("gray", "undo-2", _("Withdrawn")),
    "expired": Look("gray", "clock", _("Expired")),
    "manual": Look("violet", "pencil-line", _("Manual time")),
}


def badge(word: Text, *, tone: Tone = "gray", symbol: str = "circle-dashed") -> rx.Component:
    """Return a badge of free words; prefer `status_badge`."""
    names = classes("badge", tone != "gray" and f"badge--{tone}")
    return el.span(icon(symbol), word, class_name=names)


def status_badge(status: Text, *, word: Text = "") -> rx.Component:
    """Return the badge of a status; `word` replaces the table's ("Waits for Ingrid")."""

    def draw(look: Look) -> rx.Component:
        own = is_given(word)
        return badge(word if own else look.word, tone=look.tone, symbol=look.icon)

    if isinstance(status, rx.Var):
        return choose(status, **{name: draw(look) for name, look in STATUSES.items()})
    return draw(STATUSES[status])
