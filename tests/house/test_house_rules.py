"""Each house rule fires on what it forbids, is silent on what it asks for, and the tree is clean.

A rule that never fires is no rule: what is removed here is removed from the house.
"""

from pathlib import Path

import pytest

from scripts import house_rules
from scripts.house.interface import colour_in_css
from scripts.house.source import RULES

STATE = "freelance_app/state/contracts/contract.py"
SERVICE = "freelance_app/services/contracts/milestones.py"
PAGE = "freelance_app/pages/contracts/contract.py"
KIT = "freelance_app/components/ui/buttons.py"
API = "freelance_app/api/files.py"

HANDLER = "class S(AppState):\n    @rx.event\n    @signed_in\n"
PAYMENTS = "from freelance_app.integrations.payments import registry\n"

# Rule, where, what is refused.
BAD = [
    ("colour", PAGE, "x = '#3e63dd'"),
    ("colour", KIT, "x = 'rgb(1 2 3)'"),
    ("float-money", SERVICE, "def pay(amount: float): ..."),
    ("float-money", SERVICE, "fee_minor: float = 0"),
    ("thin-state", STATE, "class S(AppState):\n    @rx.event\n    async def go(self): ..."),
    ("thin-state", STATE, f"{HANDLER}    def go(self): ..."),
    ("thin-state", STATE, f"{HANDLER}    async def go(self, name): ..."),
    ("thin-state", STATE, f"{HANDLER}    async def go(self):\n" + "        x = 1\n" * 15),
    (
        "thin-state",
        STATE,
        "class S(AppState):\n    @rx.event\n    @staff\n    async def go(self): ...",
    ),
    ("thin-state", STATE, "class S(AppState):\n    async def helper(self): ..."),
    ("thin-state", STATE, "class S(PageMixin, AppState):\n    short = lambda self: self.x"),
    ("thin-state", STATE, "class S(FormMixin, AppState):\n    alias = other"),
    (
        "thin-state",
        STATE,
        "class S(AppState):\n"
        + "".join(
            f"    @rx.event\n    @signed_in\n    async def h{n}(self): ...\n" for n in range(13)
        ),
    ),
    (
        "state-row",
        STATE,
        "from freelance_app.models import Job\nclass S(AppState):\n    rows: list[Job] = []",
    ),
    ("commit", SERVICE, "session.commit()"),
    ("commit", API, "session.rollback()"),
    ("connection", SERVICE, "session.connection().execute(query)"),
    ("connection", SERVICE, "rows = db_session.connection()"),
    ("unsafe", PAGE, "rx.markdown(text)"),
    ("unsafe", KIT, "rx.html(text)"),
    ("unsafe", PAGE, "rx.upload(rx.fragment())"),
    ("radix", KIT, "rx.box()"),
    ("radix", PAGE, "rx.button"),
    ("attributes", KIT, "el.dialog(custom_attrs=LIGHT_DISMISS, aria_label=title)"),
    ("attributes", PAGE, "ui.link_button(custom_attrs=ui.FORGETS)"),
    ("style", PAGE, "ui.card(class_name='x')"),
    ("style", PAGE, "ui.card(style={})"),
    ("sentence", PAGE, "ui.button('Save')"),
    ("sentence", PAGE, "ui.text(f'{count} files are missing')"),
    ("sentence", PAGE, "@rx.page(title='Jobs')\ndef jobs(): ..."),
    ("sentence", PAGE, "rx.match(x, ('open', 'Open'))"),
    ("sentence", KIT, "el.button(custom_attrs={'aria-label': 'Close'})"),
    ("sentence", SERVICE, "def f():\n    raise NotFoundError('There is no such job.')"),
    ("sentence", SERVICE, "def f():\n    raise InvalidError(f'{name} is taken.', field='name')"),
    ("sentence", SERVICE, "def f():\n    raise InvalidFormError({'name': 'too short'})"),
    ("sentence", SERVICE, "def f():\n    return 'Released by itself'"),
    ("sentence", SERVICE, "def f():\n    return TodoView(act='Fund')"),
    ("sentence", STATE, "def f():\n    return toast.success('done')"),
    ("sentence", SERVICE, "def f():\n    return _(f'{n} left')"),
    ("sentence", SERVICE, "def f():\n    return _('{n} left'.format(n=n))"),
    ("sentence", SERVICE, "def f():\n    return _('Held: ' + amount)"),
    ("sentence", SERVICE, "WORDS = {'open': _('Open')}"),
    ("sentence", STATE, "class S(AppState):\n    title: str = _('Jobs')"),
    ("sentence", API, "def f():\n    return PlainTextResponse('There is no such file.')"),
    ("provider", SERVICE, f"{PAYMENTS}def pay(session: Session):\n    registry.bank().payout(x)"),
    (
        "provider",
        "freelance_app/worker/payouts.py",
        f"{PAYMENTS}with db.unit_of_work(write=True) as session:\n"
        "    bank = registry.bank()\n    bank.fetch(x)",
    ),
    (
        "provider",
        SERVICE,
        "from freelance_app.integrations.mail.mailer import Mailer\n"
        "def tell(session: Session, *, mailer: Mailer):\n    mailer.send(x)",
    ),
    ("length", SERVICE, "def f():\n" + "    x = 1\n" * 61),
    ("length", SERVICE, "x = 1\n" * 301),
]

GOOD = [
    ("colour", PAGE, "x = 'var(--accent)'"),
    ("colour", PAGE, "x = 'C-1042 #12'"),
    ("float-money", SERVICE, "def pay(amount: Money, minor: int): ..."),
    ("float-money", "freelance_app/security/event_limit.py", "rate: float"),
    ("thin-state", STATE, f"{HANDLER}    async def go(self, job_id: PublicId): ..."),
    ("thin-state", STATE, "class S(AppState):\n    async def _helper(self): ..."),
    ("thin-state", STATE, "class S(AppState):\n    @rx.var\n    def count(self) -> int: ..."),
    ("thin-state", STATE, "class Form(TypedDict):\n    def anything(self): ..."),
    (
        "thin-state",
        STATE,
        "class S(AppState):\n    @rx.event(background=True)\n    @staff('finance')\n"
        "    async def listen(self): ...",
    ),
    ("state-row", STATE, "class S(AppState):\n    rows: list[JobView] = []"),
    ("commit", "freelance_app/db.py", "session.commit()"),
    ("commit", SERVICE, "session.flush()"),
    ("connection", "freelance_app/db.py", "session.connection().execute(query)"),
    ("connection", SERVICE, "db.ask(session, query)"),
    ("unsafe", PAGE, "ui.safe_html(text)"),
    ("radix", KIT, "rx.fragment(rx.cond(x, rx.el.div(), rx.el.button()))"),
    ("attributes", KIT, "el.dialog(custom_attrs={**LIGHT_DISMISS})"),
    ("attributes", KIT, "el.dialog(custom_attrs=custom)"),
    ("style", KIT, "el.div(class_name='card', style={})"),
    ("style", PAGE, "ui.card(padded=False)"),
    ("sentence", PAGE, "ui.button(_('Save'), icon='check', id='save')"),
    ("sentence", PAGE, "ui.link(f'{routes.JOBS}/{job.id}')"),
    ("sentence", "freelance_app/pages/dev/kit.py", "ui.button('Save')"),
    ("sentence", SERVICE, '"""Jobs. What people need."""\nBROWSERS = ("Firefox", "Safari")'),
    ("sentence", SERVICE, "def f():\n    raise ValueError('There is no such policy.')"),
    ("sentence", SERVICE, "def f():\n    log.warning('The mail could not be sent')"),
    ("sentence", SERVICE, "def f():\n    raise InvalidError(_('Too short.'), field='name')"),
    ("sentence", SERVICE, "def f():\n    return _('{n} left').format(n=n)"),
    ("sentence", SERVICE, "def f(kind: Literal['Open now']) -> 'Some type': ..."),
    ("sentence", SERVICE, "KINDS = {'a': Kind(_mark('You have mail'))}"),
    ("sentence", KIT, "WORDS = {'open': _('Open')}"),
    ("sentence", STATE, "def f():\n    return toast.success(_('Saved.'), toast_id='save')"),
    ("provider", "freelance_app/worker/payouts.py", f"{PAYMENTS}registry.bank().payout(x)"),
    ("provider", SERVICE, f"{PAYMENTS}def names(session: Session):\n    return registry.names()"),
    ("provider", SERVICE, "def f(session: Session, queue):\n    queue.send(1)"),
    ("length", SERVICE, "def f():\n" + "    x = 1\n" * 59),
]


def broken(where: str, text: str) -> set[str]:
    return {name for _line, name, _message in house_rules.findings(Path(where), text)}


@pytest.mark.parametrize(("rule", "where", "text"), BAD)
def test_the_rule_fires(rule, where, text):
    assert rule in broken(where, text)


@pytest.mark.parametrize(("rule", "where", "text"), GOOD)
def test_the_rule_is_silent(rule, where, text):
    assert rule not in broken(where, text)


def test_every_rule_is_tried_both_ways():
    assert {rule for rule, _where, _text in BAD} == set(RULES)
    assert {rule for rule, _where, _text in GOOD} == set(RULES)


def test_a_finding_names_its_place_and_its_remedy():
    text = "x = 1\nsession.commit()\n"
    assert list(house_rules.findings(Path(SERVICE), text)) == [
        (2, "commit", "only db.unit_of_work commits: use session.flush()")
    ]


def test_a_line_is_silenced_for_one_rule_only():
    assert broken(SERVICE, "session.commit()  # house: commit") == set()
    assert broken(SERVICE, "session.commit()  # house: colour") == {"commit"}


def test_a_stylesheet_takes_its_colours_from_the_tokens():
    assert list(colour_in_css("pieces.css", ".a { color: #fff; }"))
    assert list(colour_in_css("pieces.css", ".a { box-shadow: 0 0 rgb(0 0 0 / 0.2); }"))
    assert not list(colour_in_css("pieces.css", ".a { color: var(--accent); }"))
    assert not list(colour_in_css("tokens.css", ":root { --accent: #fff; }"))


def test_the_house_is_in_order():
    assert house_rules.broken_under(Path("freelance_app")) == []


def test_the_rules_keep_their_own_size():
    for path in Path("scripts").rglob("*.py"):
        assert "length" not in broken(str(path), path.read_text()), path


def test_every_rule_is_told_in_the_conventions():
    told = Path("docs/develop/conventions.md").read_text()
    assert [name for name in RULES if f"`{name}`" not in told] == []
