"""The demo's story: posts, proposals, contracts and money of the last three months."""

from functools import partial

from freelance_app.demo import people, posts, work
from freelance_app.demo.cast import CAST, PASSWORD
from freelance_app.demo.posts import Post
from freelance_app.demo.stage import Stage
from freelance_app.demo.work import Life
from freelance_app.models import RoomKind
from freelance_app.services.hiring import applicants, offer_drafts, offers, proposals
from freelance_app.services.hiring.offer_terms import MilestoneForm, OfferForm
from freelance_app.services.jobs import posts as job_posts
from freelance_app.services.messages import messages, rooms
from freelance_app.services.money import payout_methods, payouts
from freelance_app.services.money.payout_methods import MethodForm
from freelance_app.worker import sweeps

FIRMWARE = "smart-meter-firmware"
# Who answers which open post: (post, freelancer, bid, days, days ago, what becomes of it).
PROPOSALS = (
    (FIRMWARE, "samuel", "8,400.00", "98", 14, "offer"),
    (FIRMWARE, "katarzyna", "9,600.00", "84", 13, "shortlist"),
    (FIRMWARE, "brian", "7,200.00", "112", 9, "sent"),
    (FIRMWARE, "lukas", "10,200.00", "77", 6, "sent"),
    (FIRMWARE, "elif", "6,800.00", "126", 4, "declined"),
    ("herd-analytics", "lukas", "3,300.00", "40", 9, "sent"),
    ("herd-analytics", "tomasz", "3,500.00", "35", 8, "withdrawn"),
    ("nurse-rota", "brian", "7,000.00", "60", 7, "shortlist"),
    ("nurse-rota", "tomasz", "7,400.00", "70", 6, "offer declined"),
    ("solar-handbook", "achieng", "2,200.00", "45", 5, "sent"),
    ("payments-mpesa", "brian", "250,000.00", "30", 4, "offer withdrawn"),
    ("postgres-tuning", "tomasz", "1,900.00", "20", 2, "sent"),
)
LETTERS = (
    "I have done work of this kind twice in the last two years and can show both. I would begin "
    "with the part that can fail, show it to you in the first week, and only then go on. {days} "
    "days are enough with the hours that you ask for.",
    "Your brief says what must not happen, which is rare and helps. I would write those sentences "
    "down as tests first. The plan: a week to measure, three to build, the rest of the {days} days "
    "for what the measuring tells us.",
    "Ten years in this field, the last four alone. What you describe I would split in two: one "
    "half that people see within {days} days, and one that they never notice because it works.",
    "I am new on this market but not to the work: two references wait for your call. I would "
    "rather ask three questions now than three hundred later, and be done in {days} days.",
)
METHODS = {
    "achieng": MethodForm("Achieng Odhiambo", "0110456789012", "KCBLKENX", "KCB", "KE"),
    "lukas": MethodForm("Lukas Brandt", "DE02120300000000202051", "BYLADEM1001", "DKB", "DE"),
    "elif": MethodForm("Elif Demir", "GB29NWBK60161331926819", "NWBKGB2L", "NatWest", "GB"),
}
# (freelancer, amount, currency, asked days ago, what becomes of it)
PAYOUTS = (
    ("achieng", "1,200.00", "EUR", 50, "paid"),
    ("lukas", "1,500.00", "EUR", 39, "returned"),
    ("lukas", "1,500.00", "EUR", 30, "paid"),
    ("elif", "1,700.00", "EUR", 15, "failed"),
    ("elif", "1,700.00", "EUR", 12, "paid"),
    ("achieng", "60,000.00", "KES", 2, "requested"),
)


def tell() -> str:
    """Play the story once and return the accounts to sign in with."""
    if people.has_people():
        return f"There are people here already; the demo needs a fresh database.\n{_accounts()}"
    Story().play()
    return _accounts()


def _accounts() -> str:
    lines = [
        f"  {player.email:24} {player.name}, {player.plays}"
        + (f" of {player.company}" if player.company else "")
        for player in CAST
    ]
    return "\n".join([f"Sign in with the password {PASSWORD}:", *lines])


class Story:
    """Everything that happened, planned and then played."""

    def __init__(self) -> None:
        """Read the posts."""
        self.stage = Stage()
        self.posts = {post.key: post for post in posts.read()}
        self.job_ids: dict[str, str] = {}

    def play(self) -> None:
        """Make the people, live through three months, and send what was to be sent."""
        people.gather(self.stage)
        for post in self.posts.values():
            self.stage.at(post.days_ago + 1, partial(self._post, post))
        for each in work.read():
            self.stage.at(each.signed, partial(self._sign, each))
        for row in PROPOSALS:
            self.stage.at(row[4], partial(self._propose, *row))
        for key, form in METHODS.items():
            self.stage.at(60, partial(self.stage.write, key, payout_methods.add, form=form))
        for row in PAYOUTS:
            self.stage.at(row[3], partial(self._pay_out, *row))
        for days_ago in range(89, -1, -1):
            self.stage.at(days_ago, self.stage.run_deadlines)
        self.stage.play()
        sweeps.run_deadlines()
        sweeps.send_mails()
        sweeps.seal()
        self.stage.leave()

    def _post(self, post: Post) -> None:
        form = posts.form_of(post)
        job_id = self.stage.write(post.owner, job_posts.create_draft, form=form)
        self.job_ids[post.key] = job_id
        if post.status != "draft":
            self.stage.write(post.owner, job_posts.publish, job_id=job_id)
        if post.status == "closed":
            self._close(post)

    def _close(self, post: Post) -> None:
        self.stage.write(
            post.owner, applicants.close_post, job_id=self.job_ids[post.key], reason=""
        )

    def _sign(self, each: work.Work) -> None:
        post = self.posts[each.post]
        Life(self.stage, each, post, self.job_ids[each.post]).sign()
        self._close(post)

    def _propose(
        self, key: str, freelancer: str, bid: str, days: str, days_ago: float, outcome: str
    ) -> None:
        letter = LETTERS[len(freelancer + key) % len(LETTERS)].format(days=days)
        form = proposals.ProposalForm(letter, bid, days)
        proposal_id = self.stage.write(
            freelancer, proposals.send, job_id=self.job_ids[key], form=form
        )
        then = partial(self._answer, self.posts[key].owner, freelancer, proposal_id, outcome)
        self.stage.at(days_ago - 1, then)

    def _answer(self, client: str, freelancer: str, proposal_id: str, outcome: str) -> None:
        stage = self.stage
        if outcome == "sent":
            return
        if outcome == "withdrawn":
            stage.write(freelancer, proposals.withdraw, proposal_id=proposal_id)
            return
        stage.write(client, proposals.mark_viewed, proposal_id=proposal_id)
        if outcome == "declined":
            reason = "We need somebody who has shipped firmware before."
            stage.write(client, proposals.decline, proposal_id=proposal_id, reason=reason)
            return
        stage.write(client, proposals.shortlist, proposal_id=proposal_id)
        self._ask(client, proposal_id)
        if outcome.startswith("offer"):
            self._offer(client, freelancer, proposal_id, outcome)

    def _ask(self, client: str, proposal_id: str) -> None:
        kind, words = RoomKind.PROPOSAL, "Thank you. Which of your two examples is closer to ours?"
        room_id = self.stage.read(client, rooms.find, kind=kind, subject_id=proposal_id)
        self.stage.write(client, messages.send, room_id=room_id, body=words)

    def _offer(self, client: str, freelancer: str, proposal_id: str, outcome: str) -> None:
        stage = self.stage

        def send() -> None:
            form = self._terms(client, proposal_id)
            offer_id = stage.write(client, offers.send, proposal_id=proposal_id, form=form)
            if outcome == "offer declined":
                reason = "I have taken other work for these weeks."
                stage.write(freelancer, offers.decline, offer_id=offer_id, reason=reason)
            if outcome == "offer withdrawn":
                stage.write(client, offers.withdraw, offer_id=offer_id)

        stage.at(2, send)

    def _terms(self, client: str, proposal_id: str) -> OfferForm:
        draft = self.stage.read(client, offer_drafts.get_draft, proposal_id=proposal_id)
        return OfferForm(
            title=draft.title,
            scope=draft.scope,
            hours_a_week=draft.hours_a_week,
            rate="",
            starts_on=draft.starts_on,
            ends_on=draft.ends_on,
            milestones=(MilestoneForm("1", "Whole work", draft.first.amount, draft.ends_on),),
        )

    def _pay_out(
        self, freelancer: str, amount: str, currency: str, days_ago: float, outcome: str
    ) -> None:
        method = self.stage.read(freelancer, payout_methods.list_for)[0]
        payout_id = self.stage.write(
            freelancer, payouts.request, method_id=method.id, amount=amount, currency=currency
        )
        pay = partial(self.stage.write, "grace", payouts.mark_paid, payout_id=payout_id)
        refuse = {"payout_id": payout_id, "reason": "The bank does not know this account."}
        if outcome in {"paid", "returned"}:
            self.stage.at(days_ago - 1, pay)
        if outcome == "failed":
            fail = partial(self.stage.write, "grace", payouts.mark_failed, **refuse)
            self.stage.at(days_ago - 1, fail)
        if outcome == "returned":
            back = partial(self.stage.write, "grace", payouts.mark_returned, **refuse)
            self.stage.at(days_ago - 4, back)
