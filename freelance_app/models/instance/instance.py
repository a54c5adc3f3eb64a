"""The one row of the instance's set-up, the changed policies, and counters of limits."""

from datetime import datetime

from sqlalchemy import CheckConstraint
from sqlmodel import Field

from freelance_app.models.base import Table, UtcDateTime


class Instance(Table, table=True):
    """What the first administrator typed on the set-up page."""

    __table_args__ = (CheckConstraint("id = 1", name="one_row"),)

    id: int = Field(default=1, primary_key=True)
    name: str = Field(max_length=60)
    time_zone: str = Field(max_length=64, description="IANA name; weeks and papers use it")
    currency: str = Field(max_length=3, description="offered first")
    is_sign_up_open: bool = True
    bank_holder: str = Field(default="", max_length=100, description="where deposits go")
    bank_account: str = Field(default="", max_length=64, description="IBAN or account number")
    bank_code: str = Field(default="", max_length=32, description="BIC or bank code")
    bank_name: str = Field(default="", max_length=100)
    set_up_at: datetime = Field(sa_type=UtcDateTime)


class PolicyValue(Table, table=True):
    """A policy that an administrator changed; the others have their default."""

    key: str = Field(primary_key=True, max_length=64)
    value: int
    changed_at: datetime = Field(sa_type=UtcDateTime)


class LimitCounter(Table, table=True):
    """Tries counted within one window, such as sign-ins of one address."""

    key: str = Field(primary_key=True, max_length=128)
    tries: int
    window_ends_at: datetime = Field(sa_type=UtcDateTime, index=True)
