"""Hypothesis lives through deposits, milestones and payouts; a plain dictionary says what must be.

The machine calls the services as people do. Its rules propose what cannot be as well (a payout
returned that was never sent, a deposit confirmed twice): the model says that it must be refused.
"""

from collections import Counter

from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
)
from sqlmodel import Session

from freelance_app import db
from freelance_app.errors import DomainError
from freelance_app.money import Money
from freelance_app.services.contracts import funding, releases
from freelance_app.services.money import deposits, ledger, payouts, verify
from tests.factories import add_world
from tests.services.contracts.signed import CURRENCY, sign
from tests.services.money.books import add_method, announce, open_bank

ALL = 10_000
AMOUNTS = st.lists(st.integers(1, 400_00), min_size=2, max_size=3)
RATES = st.sampled_from([0, 1, 333, 500, 1_999])
SHARE = st.integers(1, 100)
PICK = st.integers(0, 30)


class MoneyMachine(RuleBasedStateMachine):
    """The real services beside a dictionary of balances."""

    @initialize(amounts=AMOUNTS, fee=RATES, client_fee=RATES)
    def begin(self, amounts, fee, client_fee):
        self.world = db.write(add_world)
        db.write(open_bank)
        rates = {"freelancer_fee_basis_points": fee, "client_fee_basis_points": client_fee}
        start = 3 * sum(amounts)
        self.signed = sign(self.world, amounts=amounts, wallet_minor=start, **rates)
        self.amounts, self.fee, self.client_fee = amounts, fee, client_fee
        self.method = add_method(self.world)
        self.has = Counter(wallet=start)
        self.released = Counter()
        self.funded, self.deposits, self.payouts = set(), {}, {}
        self.lives_once()

    def lives_once(self) -> None:
        """Go the whole way once, so that every later rule has something to act on."""
        self.funds(0)
        self.releases(0, 20)
        self.releases(0, 40)
        for _ in range(2):
            self.asks(40)
        if self.payouts:
            self.decides(0, "paid")
            self.decides(0, "returned")

    def does(self, service, actor, **arguments) -> bool:
        """Return whether a service went through; a refusal is no error."""
        try:
            self.answer = db.write(service, actor=actor, **arguments)
        except DomainError:
            return False
        return True

    @precondition(lambda self: sum(each[0] == "pending" for each in self.deposits.values()) < 4)
    @rule(share=SHARE)
    def announces(self, share):
        minor = max(1, sum(self.amounts) * share // 50)
        typed = Money(minor, CURRENCY).as_typed()
        self.deposits[announce(self.world, typed, CURRENCY)] = ("pending", minor)

    @precondition(lambda self: self.deposits)
    @rule(pick=PICK)
    def confirms(self, pick):
        deposit_id = list(self.deposits)[pick % len(self.deposits)]
        status, minor = self.deposits[deposit_id]
        received = Money(minor, CURRENCY).as_typed()
        went = self.does(
            deposits.confirm, self.world.frank, deposit_id=deposit_id, received=received
        )
        assert went == (status == "pending"), f"a deposit that is {status} was confirmed: {went}"
        if went:
            self.deposits[deposit_id] = ("settled", minor)
            self.has["wallet"] += minor

    @rule(pick=PICK)
    def funds(self, pick):
        number = pick % len(self.amounts)
        amount = self.amounts[number]
        needed = amount + amount * self.client_fee // ALL
        chosen = [self.signed.milestones[number]]
        went = self.does(funding.fund, self.world.alice, milestone_ids=chosen)
        assert went == (number not in self.funded and self.has["wallet"] >= needed)
        if went:
            self.funded.add(number)
            self.has["wallet"] -= needed
            self.has[f"held {number}"] += needed

    @precondition(lambda self: self.funded)
    @rule(pick=PICK, share=SHARE)
    def releases(self, pick, share):
        number = sorted(self.funded)[pick % len(self.funded)]
        rest = self.amounts[number] - self.released[number]
        minor = max(1, self.amounts[number] * share // 60)
        went = self.does(
            releases.release,
            self.world.alice,
            milestone_id=self.signed.milestones[number],
            amount=Money(minor, CURRENCY).as_typed(),
        )
        assert went == (minor <= rest), f"{minor} of {rest} were released: {went}"
        if went:
            self.pays(number, minor)

    def pays(self, number: int, minor: int) -> None:
        before, after = self.released[number], self.released[number] + minor
        taken = self.fee * after // ALL - self.fee * before // ALL
        charged = self.client_fee * after // ALL - self.client_fee * before // ALL
        self.released[number] = after
        self.has[f"held {number}"] -= minor + charged
        self.has["earnings"] += minor - taken
        self.has["revenue"] += taken + charged

    @rule(share=SHARE)
    def asks(self, share):
        minor = max(1, self.has["earnings"] * share // 90)
        typed = Money(minor, CURRENCY).as_typed()
        asked = {"method_id": self.method, "amount": typed, "currency": CURRENCY}
        went = self.does(payouts.request, self.world.fatuma, **asked)
        assert went == (minor <= self.has["earnings"])
        if went:
            self.payouts[self.answer] = ("requested", minor)
            self.has["earnings"] -= minor
            self.has["transit"] += minor

    @precondition(lambda self: self.payouts)
    @rule(pick=PICK, decision=st.sampled_from(["paid", "failed", "returned"]))
    def decides(self, pick, decision):
        payout_id = list(self.payouts)[pick % len(self.payouts)]
        status, minor = self.payouts[payout_id]
        service = getattr(payouts, f"mark_{decision}")
        more = {} if decision == "paid" else {"reason": "The bank says so."}
        went = self.does(service, self.world.frank, payout_id=payout_id, **more)
        may = status == ("paid" if decision == "returned" else "requested")
        assert went == may, f"a payout that is {status} was {decision}: {went}"
        if went:
            self.payouts[payout_id] = (decision, minor)
            self.has["transit" if status == "requested" else "sent"] -= minor
            self.has["sent" if decision == "paid" else "earnings"] += minor

    def kept(self, session: Session) -> dict[str, int]:
        """Return what the ledger says of each name in the dictionary that has an account."""
        party = self.world.fatuma.party_id
        accounts = {
            "wallet": ledger.wallet_of(self.world.alice.party_id),
            "earnings": ledger.earnings_of(party),
        } | {f"held {number}": ledger.held_for(row) for number, row in enumerate(self.signed.rows)}
        return {
            name: ledger.balance(session, account, CURRENCY).minor
            for name, account in accounts.items()
        }

    @invariant()
    def the_books_say_what_the_dictionary_says(self):
        if not hasattr(self, "world"):
            return
        kept = db.read(self.kept)
        assert kept == {name: self.has[name] for name in kept}
        assert min(self.has.values(), default=0) >= 0

    def teardown(self):
        assert db.read(verify.faults) == []
