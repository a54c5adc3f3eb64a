"""What moves when a milestone is funded or released, with the fees of both sides.

A fee is floor(rate x released so far) less what was taken, so that many small releases cost
exactly what one large release costs, and never a unit more than was held.
"""

from dataclasses import dataclass

from freelance_app.money import Money
from freelance_app.services.money import ledger
from freelance_app.services.money.ledger import Leg

ALL = 10_000


@dataclass(frozen=True, slots=True)
class Hold:
    """A milestone's money and the rates that its signed terms froze.

    Attributes:
        total: the milestone's amount, without the client's fee.
    """

    milestone_id: int
    client_party_id: int
    freelancer_party_id: int
    total: Money
    client_basis_points: int = 0
    freelancer_basis_points: int = 0


def fee_minor(basis_points: int, *, before_minor: int, now_minor: int) -> int:
    """Return the fee of a release of `now_minor` after `before_minor` were released."""
    return basis_points * (before_minor + now_minor) // ALL - basis_points * before_minor // ALL


def without_client_fee_minor(basis_points: int, *, moved_minor: int) -> int:
    """Return the amount in a sum of an amount and the client's fee on it, floor(rate x amount)."""
    return -(-moved_minor * ALL // (ALL + basis_points))


def to_reserve(hold: Hold) -> Money:
    """Return what funding takes from the wallet: the amount and the client's whole fee."""
    return hold.total + hold.total.share(hold.client_basis_points)


def fund_legs(hold: Hold) -> list[Leg]:
    """Return the movement that funds a milestone."""
    wallet, held = ledger.wallet_of(hold.client_party_id), ledger.held_for(hold.milestone_id)
    return [Leg(wallet, held, to_reserve(hold))]


def release_legs(hold: Hold, amount: Money, *, before_minor: int) -> list[Leg]:
    """Return the movements that pay a part or all of a milestone.

    Args:
        hold: the milestone.
        amount: what is released now, gross.
        before_minor: what was released earlier, gross.
    """
    held, earnings = ledger.held_for(hold.milestone_id), hold.freelancer_party_id
    taken, charged = (
        Money(fee_minor(rate, before_minor=before_minor, now_minor=amount.minor), amount.currency)
        for rate in (hold.freelancer_basis_points, hold.client_basis_points)
    )
    return [
        Leg(held, ledger.earnings_of(earnings), amount - taken),
        Leg(held, ledger.revenue(), taken + charged),
    ]
