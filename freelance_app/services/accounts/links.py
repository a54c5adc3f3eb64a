"""Single-use links: random in the mail, a hash of them in the database."""

from datetime import timedelta

from sqlmodel import Session, col, select, update

from freelance_app import clock
from freelance_app.models import SingleUseToken, TokenPurpose
from freelance_app.security import tokens

LIFETIME = timedelta(hours=24)


def issue(session: Session, *, purpose: TokenPurpose, person_id: int | None = None) -> str:
    """Return a new token that works once within 24 hours."""
    token, now = tokens.new(), clock.now()
    session.add(
        SingleUseToken(
            token_hash=tokens.digest(token),
            purpose=purpose,
            person_id=person_id,
            created_at=now,
            expires_at=now + LIFETIME,
        )
    )
    session.flush()
    return token


def peek(session: Session, *, purpose: TokenPurpose, token: str) -> SingleUseToken | None:
    """Return the row of a token that would still work; nothing is used up."""
    return session.exec(
        select(SingleUseToken).where(
            SingleUseToken.token_hash == tokens.digest(token),
            SingleUseToken.purpose == purpose,
            col(SingleUseToken.used_at).is_(None),
            SingleUseToken.expires_at > clock.now(),
        )
    ).first()


def use(session: Session, *, purpose: TokenPurpose, token: str) -> SingleUseToken | None:
    """Use a token up and return its row; None when it was used, is too old or never was."""
    found = peek(session, purpose=purpose, token=token)
    if found is None:
        return None
    won = session.exec(
        update(SingleUseToken)
        .where(col(SingleUseToken.id) == found.id, col(SingleUseToken.used_at).is_(None))
        .values(used_at=clock.now())
    ).rowcount
    return found if won == 1 else None


def void(session: Session, *, purpose: TokenPurpose, person_id: int | None = None) -> None:
    """Let no earlier link of this purpose and person work any more."""
    session.exec(
        update(SingleUseToken)
        .where(
            col(SingleUseToken.purpose) == purpose,
            col(SingleUseToken.person_id) == person_id,
            col(SingleUseToken.used_at).is_(None),
        )
        .values(used_at=clock.now())
    )
