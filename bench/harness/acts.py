"""The events that the benchmarks send, by the names that browsers use."""

from bench.harness import bare
from bench.harness.tabs import IS_HYDRATED, ON_LOAD, ROOT, Act, Seat

APP = (
    f"{ROOT}.freelance_app___security___guard____identity.freelance_app___state___base____app_state"
)
GATE = f"{APP}.freelance_app___state___accounts___gate____gate_state"
SECURITY = f"{APP}.freelance_app___state___accounts___security____security_state"
ROOM = f"{APP}.freelance_app___state___messages___room____room_state"
READY = '"phase_rx_state_":"ready"'

COUNT = Act(f"{bare.STATE}.add", "/", ends_with=('"count_rx_state_"',))
LOAD_GATE = Act(f"{GATE}.enter", "/terms", ends_with=('"gate_rx_state_"',))
RELOAD_SESSIONS = Act(
    f"{SECURITY}.reload", "/settings/security", ends_with=('"sessions_rx_state_"',)
)
OPEN_HOME = Act(ON_LOAD, "/home", ends_with=(READY, IS_HYDRATED))


def open_contract(contract_id: str) -> Act:
    """Return the opening of a contract's page, as by a link."""
    path, query = f"/contracts/{contract_id}", {"contract_id": contract_id}
    return Act(ON_LOAD, path, query, ends_with=('"room_rx_state_":{"id":"', IS_HYDRATED))


def open_list(path: str, before: str = "") -> Act:
    """Return the opening of a list, on its first page or further on."""
    search = f"?before={before}" if before else ""
    return Act(ON_LOAD, path, search=search, ends_with=(READY, IS_HYDRATED))


def room_page(room_id: str) -> Act:
    """Return the opening of a conversation's page."""
    return Act(ON_LOAD, f"/messages/{room_id}", {"room_id": room_id}, ends_with=(IS_HYDRATED,))


def write(room_id: str, body: str) -> Act:
    """Return a message that is written on a conversation's page."""
    page = room_page(room_id)
    fields = [["room", room_id], ["body", body], ["nonce", body]]
    payload = {"form": {"__reflex_form_data__": fields}}
    return Act(f"{ROOM}.send", page.path, page.query, payload=payload)


def bare_seats(count: int) -> list[Seat]:
    """Return tabs of the bare app."""
    return [Seat(COUNT) for _ in range(count)]
