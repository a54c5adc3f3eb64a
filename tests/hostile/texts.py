"""Texts that want to run, to be read backwards, or to be wider than the page, for every column.

They are written into the tables themselves: a page has to show whatever once came in.
"""

from sqlalchemy import Connection, text

FOREIGN = "http://foreign.example"
LINES = (
    f"<script>window.fired='line'</script><img src={FOREIGN}/x onerror=window.fired='img'>",
    f"<svg onload=window.fired='svg'><style>@import'{FOREIGN}/s.css'</style>",
    "javascript:window.fired='href'//\"'`><a href=javascript:fired=1>press</a>",
    "W" * 400,
    "{{constructor.constructor('window.fired=1')()}} ${window.fired=1} <%= 1 %>",
    "</title></textarea></script><script>window.fired='end'</script><!--",
    "Z\u0336\u0321\u0358\u0489\u0316" * 20 + " \ufdfd" * 3,
    f'" autofocus onfocus=window.fired=1 style=position:fixed;inset:0;background:url({FOREIGN}/b)',
)
TEXTS = (
    "\n\n".join(LINES),
    f"""# <script>window.fired='text'</script>

[press](javascript:window.fired='link') [me](JaVaScRiPt&colon;window.fired=1)
[data](data:text/html,<script>window.fired=1</script>) <{FOREIGN}/auto> [x]: javascript:fired=1

![picture]({FOREIGN}/p.png) <iframe src={FOREIGN}/f></iframe> <object data={FOREIGN}/o></object>

<details open ontoggle=window.fired='toggle'>x</details> <base href={FOREIGN}>

<style>body{{display:none}} @import url({FOREIGN}/t.css);</style>

```<img src=x onerror=window.fired=1>
{"w" * 3_000}
```

| a | b |
|---|---|
| {"W" * 500} | <marquee onstart=window.fired=1> |
""",
    "w" * 4_900,
    "\u202eevil\u2066 \u200b\u200d\u2060\ufeff backwards\u2069\u202c " * 40,
    "> " * 300 + "deep",
    "- " * 100 + "list\n\n" + "**" * 400 + "[" * 400 + "`" * 399,
)
LINE_COLUMNS = {
    "instance": ("name", "bank_holder", "bank_name"),
    "party": ("name",),
    "person": ("name",),
    "room": ("title",),
    "contract": ("title",),
    "offer": ("title",),
    "offer_milestone": ("title",),
    "milestone": ("title",),
    "job_post": ("title",),
    "notice": ("title", "detail", "actor_name"),
    "stored_file": ("name",),
    "payout_method": ("holder", "bank_name"),
    "payout": ("note",),
    "deposit": ("about",),
    "sign_in_session": ("device",),
    "mail": ("subject",),
}
TEXT_COLUMNS = {
    "contract": ("scope",),
    "offer": ("scope", "decline_reason"),
    "job_post": ("description",),
    "proposal": ("cover_letter", "decline_reason"),
    "message": ("body",),
    "submission": ("note", "answer"),
    "mail": ("body",),
}


def poison(connection: Connection, turn: int) -> int:
    """Write a hostile text over every text of a member; return how many values were changed."""
    changed = 0
    for columns, texts in ((LINE_COLUMNS, LINES), (TEXT_COLUMNS, TEXTS)):
        for table, names in columns.items():
            for name in names:
                changed += _fill(connection, table, name, texts, turn)
    return changed


def _fill(connection: Connection, table: str, name: str, texts: tuple[str, ...], turn: int) -> int:
    from sqlmodel import SQLModel

    column = SQLModel.metadata.tables[table].c[name]
    most = getattr(column.type, "length", None) or 5_000
    rows = connection.execute(
        text(f"SELECT rowid FROM {table} WHERE {name} IS NOT NULL AND {name} <> ''")
    )
    found = rows.scalars().all()
    for number, row in enumerate(found):
        words = texts[(number + turn) % len(texts)][:most]
        connection.execute(
            text(f"UPDATE {table} SET {name} = :words WHERE rowid = :row"),
            {"words": words, "row": row},
        )
    return len(found)
