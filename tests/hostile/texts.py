"""Texts that want to run, to be read backwards, or to be wider than the page, for every column.

They are written into the tables themselves: a page has to show whatever once came in.
"""

from sqlalchemy import Connection, text
from sqlmodel import SQLModel

import freelance_app.models  # noqa: F401  its import registers the tables

LONGEST = 20_000
WORD = 10_000  # letters without a gap, as many as a message may have
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
    "\u202eevil\u2066 \u200b\u2060\ufeff\u061c\u00ad backwards \u202d\u2067x",
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
    "w" * WORD,
    "\u202eevil\u2066 \u200b\u200d\u2060\ufeff backwards\u2069\u202c " * 40,
    "> " * 300 + "deep",
    "- " * 100 + "list\n\n" + "**" * 400 + "[" * 400 + "`" * 399,
)
LINE_COLUMNS = {
    "instance": ("name", "bank_holder", "bank_account", "bank_code", "bank_name"),
    "party": ("name",),
    "person": ("name", "email"),
    "room": ("title",),
    "contract": ("title",),
    "offer": ("title",),
    "offer_milestone": ("title",),
    "milestone": ("title",),
    "job_post": ("title",),
    "notice": ("title", "detail", "actor_name"),
    "stored_file": ("name",),
    "payout_method": ("holder", "account", "bank_code", "bank_name"),
    "payout": ("note",),
    "ledger_transaction": ("reason",),
    "deposit": ("about",),
    "sign_in_session": ("device",),
    "mail": ("address", "subject", "fault"),
}
TEXT_COLUMNS = {
    "contract": ("scope", "terms"),
    "offer": ("scope", "terms", "decline_reason"),
    "job_post": ("description",),
    "proposal": ("cover_letter", "decline_reason"),
    "message": ("body",),
    "submission": ("note", "answer"),
    "mail": ("body",),
}


# Columns that nobody fills with words, each as a name or as a table's, by the reason.
LEFT_OUT = {
    "made by the product, or a hash": (
        *("public_id", "hash", "previous_hash", "token_hash", "request_hash", "terms_hash"),
        *("password_hash", "sha256", "store_key", "limit_counter.key", "ledger_transaction.key"),
        *("deposit.reference", "message.nonce", "room.subject_id", "room.href", "notice.href"),
        *("mail.link", "person.handle", "person.terms_version", "ledger_account.owner"),
    ),
    "one of a few words that the code knows": (
        *("currency", "effect", "provider", "policy_value.key", "notice.kind"),
        *("ledger_transaction.kind", "audit_entry.action", "stored_file.content_type"),
    ),
    "one of a list of the world, checked": ("country", "language", "time_zone"),
    "of the list that comes with the product": (
        *("category.slug", "category.name", "skill.slug", "skill.name"),
    ),
    "a snapshot in JSON that is read by its keys": ("contract.policies", "offer.policies"),
    "on no page": ("audit_entry.subject", "audit_entry.words"),
}


def poison(connection: Connection, turn: int) -> int:
    """Write a hostile text over every text of a member; return how many values were changed.

    Each column begins with another text: some have one row alone. Reasons in the books are
    append-only; this database is thrown away.
    """
    changed = 0
    connection.execute(text("DROP TRIGGER IF EXISTS ledger_transaction_no_update"))
    for columns, texts in ((LINE_COLUMNS, LINES), (TEXT_COLUMNS, TEXTS)):
        for table, names in columns.items():
            for name in names:
                changed += _fill(connection, table, name, texts, turn + changed)
    return changed


def _fill(connection: Connection, table: str, name: str, texts: tuple[str, ...], turn: int) -> int:
    column = SQLModel.metadata.tables[table].c[name]
    most = getattr(column.type, "length", None) or LONGEST
    rows = connection.execute(
        text(f"SELECT rowid FROM {table} WHERE {name} IS NOT NULL AND {name} <> ''")
    )
    found = rows.scalars().all()
    for number, row in enumerate(found):
        words = texts[(number + turn) % len(texts)]
        own = f"{row} " if column.unique else ""
        connection.execute(
            text(f"UPDATE {table} SET {name} = :words WHERE rowid = :row"),
            {"words": f"{own}{words}"[:most], "row": row},
        )
    return len(found)
