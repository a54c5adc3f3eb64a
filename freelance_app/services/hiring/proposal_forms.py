"""What a freelancer types into a proposal, and what is wrong with it."""

from dataclasses import dataclass

from freelance_app.errors import InvalidError, InvalidFormError
from freelance_app.money import Money
from freelance_app.text import _

LETTER, DAYS = (40, 10_000), (1, 1_000)


@dataclass(frozen=True, slots=True)
class ProposalForm:
    """The form of a proposal, as typed; the bid is in the post's currency."""

    letter: str = ""
    bid: str = ""
    days: str = ""


def check(form: ProposalForm, *, currency: str) -> tuple[Money, int]:
    """Return bid and days, or tell everything that is wrong with the form at once.

    Raises:
        InvalidFormError: with a sentence for each field that cannot be used.
    """
    faults: dict[str, str] = {}
    least, most = LETTER
    if not least <= len(form.letter.strip()) <= most:
        sentence = _("Write {least} to {most} characters.")
        faults["letter"] = sentence.format(least=least, most=most)
    try:
        bid = Money.parse(form.bid, currency, field="bid")
    except InvalidError as refused:
        bid, faults["bid"] = Money(0, currency), refused.message
    days = _days(form.days.strip())
    if days is None:
        sentence = _("Write a number of days from {least} to {most}.")
        faults["days"] = sentence.format(least=DAYS[0], most=DAYS[1])
    if faults or days is None:
        raise InvalidFormError(faults)
    return bid, days


def _days(text: str) -> int | None:
    fewest, longest = DAYS
    if not (text.isascii() and text.isdigit() and len(text) <= len(str(longest))):
        return None
    days = int(text)
    return days if fewest <= days <= longest else None
