"""Who plays in the demo."""

from dataclasses import dataclass

INSTANCE = "Mwamba Works"
PASSWORD = "harbour-demo"  # noqa: S105  (printed by `make demo`; refused nowhere but here)


@dataclass(frozen=True)
class Player:
    """One person of the demo.

    Attributes:
        key: first part of the address, and the name in the story.
        company: the client company that the person owns or looks at; empty for a freelancer.
        plays: owner, viewer, freelancer or staff.
    """

    key: str
    name: str
    zone: str
    plays: str
    company: str = ""

    @property
    def email(self) -> str:
        """The address to sign in with."""
        return f"{self.key}@example.org"


CAST = (
    Player("grace", "Grace Wanjiru", "Africa/Nairobi", "staff"),
    Player("ingrid", "Ingrid Solberg", "Europe/Oslo", "owner", "Fjordlys Energi"),
    Player("marte", "Marte Lunde", "Europe/Oslo", "viewer", "Fjordlys Energi"),
    Player("neema", "Neema Mushi", "Africa/Dar_es_Salaam", "owner", "Mifugo Data Ltd"),
    Player("sofia", "Sofia Lindqvist", "Europe/Stockholm", "owner", "Nordhavn Clinics"),
    Player("achieng", "Achieng Odhiambo", "Africa/Nairobi", "freelancer"),
    Player("tomasz", "Tomasz Zieliński", "Europe/Warsaw", "freelancer"),
    Player("samuel", "Samuel Tesfaye", "Africa/Addis_Ababa", "freelancer"),
    Player("katarzyna", "Katarzyna Wójcik", "Europe/Warsaw", "freelancer"),
    Player("brian", "Brian Mutua", "Africa/Nairobi", "freelancer"),
    Player("lukas", "Lukas Brandt", "Europe/Berlin", "freelancer"),
    Player("elif", "Elif Demir", "Europe/Istanbul", "freelancer"),
)
