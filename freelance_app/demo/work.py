"""The contracts of the demo, from a shipped data file, and how each is lived through."""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from freelance_app import clock
from freelance_app.demo import uploads
from freelance_app.demo.cast import CAST
from freelance_app.demo.posts import Post
from freelance_app.demo.stage import Act, Stage
from freelance_app.models import RoomKind
from freelance_app.money import Money
from freelance_app.services.contracts import funding, releases, submissions, workroom
from freelance_app.services.hiring import offer_views, offers, proposals
from freelance_app.services.hiring.offer_terms import MilestoneForm, OfferForm
from freelance_app.services.instance import files
from freelance_app.services.messages import messages, rooms
from freelance_app.services.money import deposits

SOURCE = Path(__file__).parent.parent / "data" / "demo_contracts.toml"
FINANCE = "grace"
ZONES = {player.key: ZoneInfo(player.zone) for player in CAST}


@dataclass(frozen=True)
class Work:
    """One contract; figures are days ago.

    Attributes:
        signed: when the freelancer accepted.
        deposit: when the client announced money that has not come; 0 for none.
    """

    post: str
    freelancer: str
    letter: str
    signed: float
    milestones: list[dict[str, Any]]
    talk: list[str] = field(default_factory=list[str])
    deposit: float = 0


def read() -> list[Work]:
    """Return the contracts, in the order of the file."""
    rows = tomllib.loads(SOURCE.read_text(encoding="utf-8"))["contract"]
    return [Work(**row) for row in rows]


class Life:
    """One contract being lived through on a stage."""

    def __init__(self, stage: Stage, work: Work, post: Post, job_id: str) -> None:
        """Take what is signed and by whom."""
        self.stage, self.work, self.post, self.job_id = stage, work, post, job_id
        self.client, self.freelancer = post.owner, work.freelancer
        self.contract_id = ""

    def sign(self) -> None:
        """Propose, offer and accept; then plan what follows."""
        stage, work = self.stage, self.work
        bid = sum(Decimal(each["amount"].replace(",", "")) for each in work.milestones)
        form = proposals.ProposalForm(work.letter, f"{bid}", "60")
        proposal_id = stage.write(self.freelancer, proposals.send, job_id=self.job_id, form=form)
        stage.write(self.client, proposals.mark_viewed, proposal_id=proposal_id)
        offer_id = stage.write(
            self.client, offers.send, proposal_id=proposal_id, form=self._terms()
        )
        seen = stage.read(self.freelancer, offer_views.get_view, offer_id=offer_id)
        self.contract_id = stage.write(
            self.freelancer, offers.accept, offer_id=offer_id, terms_hash=seen.terms_hash
        )
        self._plan()

    def _terms(self) -> OfferForm:
        today = self.stage.now.date()
        signed_on = clock.now().astimezone(ZONES[self.client]).date()
        parts = [
            MilestoneForm(
                str(number),
                each["title"],
                each["amount"],
                max(signed_on, today + timedelta(days=each["due"])).isoformat(),
            )
            for number, each in enumerate(self.work.milestones, 1)
        ]
        last = max(part.due_on for part in parts)
        return OfferForm(
            title=self.post.title,
            scope=self.post.brief,
            hours_a_week=str(self.post.hours),
            rate="",
            starts_on=signed_on.isoformat(),
            ends_on=last,
            milestones=tuple(parts),
        )

    def _plan(self) -> None:
        for number, each in enumerate(self.work.milestones):
            for step in ("funded", "submitted", "changes", "released"):
                if step in each:
                    self.stage.at(each[step], self._step(step, number, each))
            for part in each.get("part", ()):
                self.stage.at(part["at"], self._pay_part(number, part["amount"]))
        if self.work.deposit:
            self.stage.at(self.work.deposit, self._announce)
        for index, words in enumerate(self.work.talk):
            speaker = self.client if index % 2 == 0 else self.freelancer
            days_ago = self.work.signed * (len(self.work.talk) - index) / (len(self.work.talk) + 1)
            self.stage.at(days_ago, self._say(speaker, words))

    def _step(self, step: str, number: int, each: dict[str, Any]) -> Act:
        acts = {
            "funded": lambda: self._fund(number),
            "submitted": lambda: self._submit(number, each),
            "changes": lambda: self._ask_for_changes(number),
            "released": lambda: self._approve(number),
        }
        return acts[step]

    def _milestone(self, number: int) -> str:
        view = self.stage.read(self.client, workroom.get_view, contract_id=self.contract_id)
        return view.milestones[number].id

    def _fund(self, number: int) -> None:
        """Fund from a deposit that the finance administrator confirms the same day."""
        chosen = [self._milestone(number)]
        deposit_id = self.stage.write(self.client, funding.fund_or_deposit, milestone_ids=chosen)
        if deposit_id:
            asked = self.stage.read(self.client, deposits.get_view, deposit_id=deposit_id)
            self.stage.write(
                FINANCE,
                deposits.confirm,
                deposit_id=deposit_id,
                received=Money(asked.amount.minor, asked.amount.currency).as_typed(),
            )

    def _announce(self) -> None:
        chosen = [self._milestone(0)]
        self.stage.write(self.client, funding.fund_or_deposit, milestone_ids=chosen)

    def _submit(self, number: int, each: dict[str, Any]) -> None:
        note = each.get("note", f"{each['title']} is ready. Please look and tell me.")
        self.stage.write(
            self.freelancer,
            submissions.submit,
            milestone_id=self._milestone(number),
            note=note,
            file_ids=self._upload(each.get("files", ())),
        )

    def _upload(self, names: Sequence[str]) -> list[str]:
        return [
            self.stage.write(self.freelancer, files.add, new=uploads.sheet(name)).id
            for name in names
        ]

    def _ask_for_changes(self, number: int) -> None:
        self.stage.write(
            self.client,
            submissions.request_changes,
            milestone_id=self._milestone(number),
            words="Two of five patients did not find the way back. Please mend that first.",
        )

    def _approve(self, number: int) -> None:
        milestone_id = self._milestone(number)
        self.stage.write(self.client, releases.approve, milestone_id=milestone_id)

    def _pay_part(self, number: int, amount: str) -> Act:
        return lambda: self.stage.write(
            self.client, releases.release, milestone_id=self._milestone(number), amount=amount
        )

    def _say(self, speaker: str, words: str) -> Act:
        def say() -> None:
            room_id = self.stage.read(
                speaker, rooms.find, kind=RoomKind.CONTRACT, subject_id=self.contract_id
            )
            self.stage.write(speaker, messages.send, room_id=room_id, body=words)

        return say
