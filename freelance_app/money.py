"""Money: an exact amount in minor units with its currency."""

from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from babel.numbers import NumberFormatError, format_currency, get_currency_precision, parse_decimal

from freelance_app.errors import InvalidError
from freelance_app.text import _, language_of_actor, locale_of_actor

MAX_MINOR = 10**12


@dataclass(frozen=True, slots=True, order=True)
class Money:
    """An amount of one currency.

    Attributes:
        minor: signed count of minor units (cents for USD, whole yen for JPY).
        currency: ISO 4217 code, upper case.
    """

    minor: int
    currency: str

    @classmethod
    def parse(
        cls, text: str, currency: str, *, field: str = "amount", locale: str | None = None
    ) -> "Money":
        """Read what a person typed, in the person's locale unless another is named.

        Raises:
            InvalidError: no number of that locale, not positive, or finer than the minor unit.
        """
        no_amount = _("Write an amount, such as 250.00.")
        if any(character.isalpha() for character in text):  # Babel takes 1e9 and NaN for numbers
            raise InvalidError(no_amount, field=field)
        try:
            typed = parse_decimal(text.strip(), locale=locale or locale_of_actor(), strict=True)
        except NumberFormatError:
            raise InvalidError(no_amount, field=field) from None
        scaled = typed.scaleb(_exponent(currency))
        if scaled != int(scaled) or not 0 < scaled < MAX_MINOR:
            sentence = _("This is not an amount that {currency} can have.")
            raise InvalidError(sentence.format(currency=currency), field=field)
        return cls(int(scaled), currency)

    def __add__(self, other: "Money") -> "Money":
        """Add an amount of the same currency.

        Raises:
            ValueError: the currencies differ (a bug, never the user's fault).
        """
        return self - Money(-other.minor, other.currency)

    def __sub__(self, other: "Money") -> "Money":
        """Subtract an amount of the same currency.

        Raises:
            ValueError: the currencies differ (a bug, never the user's fault).
        """
        if self.currency != other.currency:
            raise ValueError(f"cannot subtract {other.currency} from {self.currency}")
        return Money(self.minor - other.minor, self.currency)

    def share(self, basis_points: int) -> "Money":
        """Return basis_points/10000 of the amount, rounded down to a minor unit."""
        return Money(self.minor * basis_points // 10_000, self.currency)

    def format(self) -> str:
        """Return the amount for people, such as ``€1,250.00``, in the actor's locale."""
        return _text(self.minor, self.currency, language_of_actor())

    @property
    def major(self) -> Decimal:
        """The amount in whole units, exact."""
        return Decimal(self.minor).scaleb(-_exponent(self.currency))

    def as_typed(self) -> str:
        """Return the bare figures for a form field, such as ``1250.00``."""
        return f"{self.major:f}"


@dataclass(frozen=True, slots=True)
class MoneyView:
    """An amount for a reader: pages show `text`, REST sends the rest."""

    minor: int = 0
    currency: str = ""
    text: str = ""

    @classmethod
    def of(cls, money: Money) -> "MoneyView":
        """Return the view in the actor's locale."""
        return cls(money.minor, money.currency, money.format())


def _exponent(currency: str) -> int:
    """Return how many decimals a currency has (ISO 4217, as CLDR lists it)."""
    return get_currency_precision(currency)


@lru_cache(2048)
def _text(minor: int, currency: str, _language: str) -> str:
    """A page tells the same amounts again and again; the language is what the text depends on."""
    major = Money(minor, currency).major
    return format_currency(major, currency, locale=locale_of_actor()).replace("-", "−")
