"""Domain errors: each carries a code for machines and a message for people."""

from freelance_app.text import _


class DomainError(Exception):
    """A rule of the marketplace was broken; shown to the user as written.

    Attributes:
        code: stable snake_case identifier, part of the REST contract.
        status: HTTP status that the REST API answers with.
        message: one sentence for the person, without ids or stack detail.
        field: name of the form field that the sentence belongs to; empty when to none.
    """

    code = "domain_error"
    status = 400

    def __init__(self, message: str, *, field: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.field = field


class InvalidError(DomainError):
    """What the person typed cannot be used."""

    code = "invalid"
    status = 422


class InvalidFormError(InvalidError):
    """Several fields of one form cannot be used; all are told at once.

    Attributes:
        fields: sentence by name of the field.
    """

    def __init__(self, fields: dict[str, str]) -> None:
        super().__init__(next(iter(fields.values())), field=next(iter(fields)))
        self.fields = fields


class TooLargeError(DomainError):
    """A file holds more bytes than is taken; the sentence says how many are."""

    code = "too_large"
    status = 413


class WrongTypeError(DomainError):
    """A file's content is not what its name says."""

    code = "wrong_type"
    status = 415


class TooManyError(DomainError):
    """A limit on tries was reached; the sentence says when to try again."""

    code = "too_many"
    status = 429


class NotSignedInError(DomainError):
    """Nobody is signed in, or the session has ended."""

    code = "not_signed_in"
    status = 401


class NotPermittedError(DomainError):
    """The actor is known but may not do this."""

    code = "not_permitted"
    status = 403


class NotFoundError(DomainError):
    """The thing does not exist, or the actor may not know that it does."""

    code = "not_found"
    status = 404


class ConflictError(DomainError):
    """The thing is not in a status that allows this."""

    code = "conflict"
    status = 409


class InsufficientFundsError(ConflictError):
    """An account holds less than the posting needs."""

    code = "insufficient_funds"


class BusyError(Exception):
    """The database had no time or no room; nothing was changed, and it may well work again soon.

    No DomainError, since nobody broke a rule: an open page goes on listening, a sweep tries again.
    """

    code = "busy"
    status = 503

    @property
    def message(self) -> str:
        """One sentence for the person."""
        return _("Harbour is busy. Nothing was changed; please try again in a moment.")
