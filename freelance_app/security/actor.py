"""The person on whose behalf a service acts."""

from dataclasses import dataclass
from typing import Literal

PartyKindName = Literal["", "company", "freelancer", "agency"]


@dataclass(frozen=True, slots=True)
class Actor:
    """A signed-in person acting for a party, as read from a living session in this unit of work.

    Attributes:
        person_id: row id of the person.
        name: the person's display name.
        party_id: row id of the party acted for; 0 when the person acts for none (staff only).
        party_kind: kind of that party; empty when there is none.
        party_name: its name.
        is_owner: whether the person may act for the party, not only look.
        staff_roles: administrator, finance, moderator.
        is_confirmed: whether the e-mail address was confirmed.
        language: two letters; every sentence made for the actor is in it.
        zone: IANA time zone; every moment shown to the actor is in it.
    """

    person_id: int
    name: str
    party_id: int = 0
    party_kind: PartyKindName = ""
    party_name: str = ""
    is_owner: bool = False
    staff_roles: frozenset[str] = frozenset()
    is_confirmed: bool = True
    language: str = "en"
    zone: str = "UTC"

    @property
    def is_company(self) -> bool:
        """Whether the person acts as a client."""
        return self.party_kind == "company"

    @property
    def is_freelancer(self) -> bool:
        """Whether the person acts as one who works."""
        return self.party_kind in {"freelancer", "agency"}
