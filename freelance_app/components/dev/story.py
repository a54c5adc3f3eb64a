"""C-1042 as Ingrid sees it on Wednesday, 18 November 2026 at 08:24 in Bergen."""

from freelance_app.services.instance.views import (
    ClockView,
    FileView,
    MoneyPartView,
    MonthView,
    PersonView,
)
from freelance_app.services.money.months import MonthsView

NOWHERE = "/dev/nowhere"
ACHIENG = PersonView("Achieng Odhiambo", "AO", tint="teal", is_verified=True)
FJORDLYS = PersonView("Fjordlys Energi", "FE", is_company=True)
TO_RELEASE = "€2,600.00"

REVIEW = ClockView(
    left="12 d 3 h left",
    ends_at="Mon 30 Nov, 12:05 CET",
    percent_left=87,
    effect=f"If you do nothing, the {TO_RELEASE} is released by itself. "
    "Reminders go out 7, 2 and 1 days before.",
)
CLOCKS = [
    ClockView("12 d 3 h", "Mon 30 Nov, 12:05", 87, effect="Milestone 3: auto-release, 14 days"),
    ClockView("23 d", "Fri 11 Dec, 21:59", 95, "blue", "Milestone 4 due; no money moves"),
    ClockView("30 d", "Fri 18 Dec, 21:59", 98, "gray", "Milestone 5 and contract due"),
]
MONEY = [
    MoneyPartView("released", "Released to Achieng", "€4,000.00", 4000),
    MoneyPartView("review", "Held, to review", "€2,600.00", 2600),
    MoneyPartView("funded", "Held, work not started", "€1,800.00", 1800),
    MoneyPartView("open", "Not funded yet", "€1,200.00", 1200),
]
MONEY_IN_WORDS = (
    "Of €9,600.00: released €4,000.00, to review €2,600.00, funded €1,800.00, not funded €1,200.00"
)
SUBMITTED = [
    FileView("1", "field-app-1.3.0.apk", "package", "v3", "24.6 MB"),
    FileView("2", "walkthrough.mp4", "video", "v1", "81.0 MB"),
    FileView("3", "low-end-phone-tests.pdf", "text", "v2", "1.2 MB"),
    FileView("4", "release-notes.md", "code", "v3", "6 KB"),
]
RELEASED = {"Jun": 0, "Jul": 3120, "Aug": 2660, "Sep": 2240, "Oct": 4757, "Nov": 1041}
MONTHS = MonthsView(
    currency="EUR",
    bars=[
        MonthView(name, f"{name} 2026", f"{sum_:,}", f"€{sum_:,}.00", f"{sum_ / 4757:.3f}")
        for name, sum_ in RELEASED.items()
    ],
    words=", ".join(f"{name} €{sum_:,}.00" for name, sum_ in RELEASED.items()),
    note="This year so far €13,818.00. November is not over.",
)
