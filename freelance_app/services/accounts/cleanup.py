"""What has ended and may be forgotten: sessions and single-use links."""

from datetime import timedelta

from sqlmodel import Session, col, delete

from freelance_app import clock
from freelance_app.models import SignInSession, SingleUseToken

KEPT = timedelta(days=7)


def forget_ended(session: Session) -> int:
    """Delete sessions and links that ended a week ago, and return how many there were."""
    before = clock.now() - KEPT
    return sum(
        session.exec(delete(table).where(col(table.expires_at) < before)).rowcount
        for table in (SignInSession, SingleUseToken)
    )
