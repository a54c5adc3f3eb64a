"""Calls of the pages of offers."""

from freelance_app import routes
from tests.factories import World
from tests.services.hiring.sent import day, proposal_of, sent, view
from tests.state.examples import Call, Example

SECRET = "Terms that nobody else reads"


def _offer(world: World) -> str:
    return sent(world, title=SECRET)


def _page(world: World) -> Call:
    path = routes.offer(_offer(world))
    return Call(world.alice, path, markers=(SECRET,), says=SECRET, changes=False)


def _list(world: World) -> Call:
    _offer(world)
    return Call(world.fatuma, routes.OFFERS, markers=(SECRET,), says=SECRET, changes=False)


def _accept(world: World) -> Call:
    offer_id = _offer(world)
    payload = {"terms_hash": view(offer_id, world.fatuma).terms_hash}
    return Call(world.fatuma, routes.offer(offer_id), payload, markers=(SECRET,), says="Signed.")


def _decline(world: World) -> Call:
    payload = {"form": {"reason": "Too little time."}}
    path = routes.offer(_offer(world))
    return Call(world.fatuma, path, payload, markers=(SECRET,), says="Declined.")


def _withdraw(world: World) -> Call:
    path = routes.offer(_offer(world))
    return Call(world.alice, path, markers=(SECRET,), says="Withdrawn.")


def _form_path(world: World) -> str:
    return routes.offer_new(proposal_of(world))


def _form(world: World) -> Call:
    title = f"Field app {world.run}"
    return Call(world.alice, _form_path(world), markers=(title,), says=title, changes=False)


def _add(world: World) -> Call:
    return Call(world.alice, _form_path(world), changes=False)


def _remove(world: World) -> Call:
    return Call(world.alice, _form_path(world), {"key": "1"}, changes=False)


def _amount(world: World) -> Call:
    payload = {"typed": "12.50", "key": "1"}
    return Call(world.alice, _form_path(world), payload, changes=False)


def _send(world: World) -> Call:
    form = {
        "title": SECRET,
        "scope": "An app.",
        "hours_a_week": "20",
        "rate": "",
        "starts_on": day(0),
        "ends_on": day(30),
        "milestone-1": "App",
        "amount-1": "350.00",
        "due-1": day(30),
    }
    path = _form_path(world)
    return Call(world.alice, path, {"form": form}, markers=(SECRET,), says="Offer sent.")


EXAMPLES: dict[str, Example] = {
    "OfferFormState.add_milestone": _add,
    "OfferFormState.amount_typed": _amount,
    "OfferFormState.enter": _form,
    "OfferFormState.remove_milestone": _remove,
    "OfferFormState.send": _send,
    "OfferState.accept": _accept,
    "OfferState.decline": _decline,
    "OfferState.enter": _page,
    "OfferState.listen": _page,
    "OfferState.withdraw": _withdraw,
    "OffersState.enter": _list,
    "OffersState.listen": _list,
}
