"""Every URL of the app: a pattern for the router and a builder for links."""

from urllib.parse import urlencode

HOME = "/home"
LANDING = "/"
LOGIN, SIGN_UP, CHECK_MAIL = "/login", "/signup", "/check-mail"
VERIFY_EMAIL, SETUP = "/verify-email", "/setup"
TERMS, PRIVACY = "/terms", "/privacy"

JOBS, JOB = "/jobs", "/jobs/[job_id]"
JOB_APPLY = "/jobs/[job_id]/apply"
JOB_NEW, JOB_EDIT = "/jobs/new", "/jobs/[job_id]/edit"
JOB_PROPOSALS = "/jobs/[job_id]/proposals"
MY_JOBS = "/my-jobs"
PROPOSALS, PROPOSAL = "/proposals", "/proposals/[proposal_id]"
OFFER_NEW = "/proposals/[proposal_id]/offer"
OFFERS, OFFER = "/offers", "/offers/[offer_id]"
CONTRACTS, CONTRACT = "/contracts", "/contracts/[contract_id]"
CONTRACT_MESSAGES = "/contracts/[contract_id]/messages"
CONTRACT_FILES = "/contracts/[contract_id]/files"
CONTRACT_MONEY = "/contracts/[contract_id]/money"
CONTRACT_TERMS = "/contracts/[contract_id]/terms"
MILESTONE = "/contracts/[contract_id]/milestones/[milestone_id]"
CONTRACT_FUND = "/contracts/[contract_id]/fund"
MESSAGES, ROOM = "/messages", "/messages/[room_id]"
NOTIFICATIONS = "/notifications"
EARNINGS, BILLING = "/earnings", "/billing"
DEPOSIT = "/billing/deposits/[deposit_id]"
SETTINGS_SECURITY, SETTINGS_PROFILE = "/settings/security", "/settings/profile"
ADMIN_FINANCE, ADMIN_OUTBOX = "/admin/finance", "/admin/outbox"
ADMIN_SETTINGS = "/admin/settings"
KIT = "/dev/kit"
NOT_FOUND = "404"  # the name that Reflex has for it

# Routes that only HTTP can do: they set cookies or carry bytes.
AUTH = "/auth"
SIGN_IN, SIGN_OUT = "/auth/sign-in", "/auth/sign-out"
REGISTER, RESEND = "/auth/sign-up", "/auth/resend"
CONFIRM_EMAIL, FIRST_START = "/auth/confirm-email", "/auth/first-start"
SWITCH_PARTY, ADD_PARTY = "/auth/switch", "/auth/add-party"
SET_LANGUAGE = "/auth/language"
FILES = "/files"
HEALTH, READY = "/healthz", "/readyz"


def with_query(path: str, **values: str) -> str:
    """Return a path with a query string, its values escaped."""
    return f"{path}?{urlencode(values)}" if values else path


def job(job_id: str) -> str:
    """Return the link to a job post."""
    return f"{JOBS}/{job_id}"


def job_apply(job_id: str) -> str:
    """Return the link to the form of a proposal."""
    return f"{JOBS}/{job_id}/apply"


def job_edit(job_id: str) -> str:
    """Return the link to the form of a post."""
    return f"{JOBS}/{job_id}/edit"


def job_proposals(job_id: str) -> str:
    """Return the link to the proposals for a post."""
    return f"{JOBS}/{job_id}/proposals"


def proposal(proposal_id: str) -> str:
    """Return the link to a proposal."""
    return f"{PROPOSALS}/{proposal_id}"


def offer_new(proposal_id: str) -> str:
    """Return the link to the form of an offer."""
    return f"{PROPOSALS}/{proposal_id}/offer"


def offer(offer_id: str) -> str:
    """Return the link to an offer."""
    return f"{OFFERS}/{offer_id}"


def contract(contract_id: str) -> str:
    """Return the link to a contract's workroom."""
    return f"{CONTRACTS}/{contract_id}"


def contract_tab(contract_id: str, tab: str) -> str:
    """Return the link to a part of the workroom: messages, files, money, terms."""
    return f"{CONTRACTS}/{contract_id}/{tab}"


def milestone(contract_id: str, milestone_id: str) -> str:
    """Return the link to a milestone, where its work is handed in."""
    return f"{CONTRACTS}/{contract_id}/milestones/{milestone_id}"


def contract_fund(contract_id: str) -> str:
    """Return the link to the page that funds milestones."""
    return f"{CONTRACTS}/{contract_id}/fund"


def room(room_id: str) -> str:
    """Return the link to a room."""
    return f"{MESSAGES}/{room_id}"


def deposit(deposit_id: str) -> str:
    """Return the link to a deposit's instructions."""
    return f"{BILLING}/deposits/{deposit_id}"


def file(file_id: str) -> str:
    """Return the link that downloads a file."""
    return f"{FILES}/{file_id}"
