"""Tables, one file a noun in its wing. Importing this package registers every table."""

from freelance_app.models.accounts.party import MemberRole, Membership, Party, PartyKind
from freelance_app.models.accounts.person import Person, StaffMember, StaffRole
from freelance_app.models.accounts.sign_in import SignInSession, SingleUseToken, TokenPurpose
from freelance_app.models.contracts.contract import Contract, ContractStatus
from freelance_app.models.contracts.milestone import (
    Milestone,
    MilestoneStatus,
    Submission,
    SubmissionFile,
    SubmissionStatus,
)
from freelance_app.models.hiring.offer import Offer, OfferMilestone, OfferStatus
from freelance_app.models.hiring.proposal import Proposal, ProposalStatus
from freelance_app.models.instance.audit import AuditEntry, AuditSeal, AuditSealed
from freelance_app.models.instance.deadline import Deadline, DeadlineStatus
from freelance_app.models.instance.instance import Instance, LimitCounter, PolicyValue
from freelance_app.models.instance.mail import Mail, MailStatus
from freelance_app.models.instance.notice import Notice
from freelance_app.models.instance.stored_file import StoredFile
from freelance_app.models.jobs.job_post import Engagement, JobPost, JobSkill, JobStatus
from freelance_app.models.messages.room import Message, Room, RoomKind, RoomMember, RoomRead
from freelance_app.models.money.deposit import Deposit, DepositPurpose, DepositStatus
from freelance_app.models.money.ledger import (
    AccountKind,
    LedgerAccount,
    LedgerRelease,
    LedgerSeal,
    LedgerSealed,
    LedgerTransaction,
    LedgerTransfer,
)
from freelance_app.models.money.payout import Payout, PayoutMethod, PayoutStatus
from freelance_app.models.talent.skill import Category, Skill

__all__ = [
    "AccountKind",
    "AuditEntry",
    "AuditSeal",
    "AuditSealed",
    "Category",
    "Contract",
    "ContractStatus",
    "Deadline",
    "DeadlineStatus",
    "Deposit",
    "DepositPurpose",
    "DepositStatus",
    "Engagement",
    "Instance",
    "JobPost",
    "JobSkill",
    "JobStatus",
    "LedgerAccount",
    "LedgerRelease",
    "LedgerSeal",
    "LedgerSealed",
    "LedgerTransaction",
    "LedgerTransfer",
    "LimitCounter",
    "Mail",
    "MailStatus",
    "MemberRole",
    "Membership",
    "Message",
    "Milestone",
    "MilestoneStatus",
    "Notice",
    "Offer",
    "OfferMilestone",
    "OfferStatus",
    "Party",
    "PartyKind",
    "Payout",
    "PayoutMethod",
    "PayoutStatus",
    "Person",
    "PolicyValue",
    "Proposal",
    "ProposalStatus",
    "Room",
    "RoomKind",
    "RoomMember",
    "RoomRead",
    "SignInSession",
    "SingleUseToken",
    "Skill",
    "StaffMember",
    "StaffRole",
    "StoredFile",
    "Submission",
    "SubmissionFile",
    "SubmissionStatus",
    "TokenPurpose",
]
