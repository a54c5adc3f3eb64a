"""What a handler asks of its caller. A handler without a policy is refused to everybody."""

import inspect
from collections.abc import Callable, Mapping
from functools import cache
from typing import Annotated, Any, TypeVar, get_type_hints

from pydantic import BaseModel, ConfigDict, StringConstraints, ValidationError, create_model

F = TypeVar("F", bound=Callable[..., Any])

PublicId = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{20}$")]

PUBLIC, SIGNED_IN, STAFF = "public", "signed in", "staff"
_POLICY, _ROLES, _TELLS = "__policy__", "__staff_roles__", "__page_tells__"


def public(handler: F) -> F:
    """Let anybody call the handler."""
    setattr(handler, _POLICY, PUBLIC)
    return handler


def signed_in(handler: F) -> F:
    """Let any signed-in person call the handler; the service decides about the object."""
    setattr(handler, _POLICY, SIGNED_IN)
    return handler


def staff(*roles: str, page_tells: bool = False) -> Callable[[F], F]:
    """Let only staff of one of these roles call the handler; to others it does not exist.

    `page_tells` marks what loads a page: the page itself says to others that it is not theirs.
    """

    def mark(handler: F) -> F:
        setattr(handler, _POLICY, STAFF)
        setattr(handler, _ROLES, frozenset(roles))
        setattr(handler, _TELLS, page_tells)
        return handler

    return mark


def roles_of(handler: Callable[..., Any]) -> frozenset[str]:
    """Return the staff roles that may call a handler of policy STAFF."""
    return getattr(handler, _ROLES, frozenset())


def page_tells(handler: Callable[..., Any]) -> bool:
    """Whether a refusal of this handler is seen on the page already."""
    return getattr(handler, _TELLS, False)


def policy_of(handler: Callable[..., Any]) -> str | None:
    """Return the policy of a handler, or None when its author forgot it."""
    return getattr(handler, _POLICY, None)


def has_valid_payload(handler: Callable[..., Any], payload: Mapping[str, Any]) -> bool:
    """Whether a payload has the handler's parameters, of their types, and nothing else."""
    try:
        _payload_model(handler).model_validate(payload)
    except ValidationError:
        return False
    return True


@cache
def _payload_model(handler: Callable[..., Any]) -> type[BaseModel]:
    """Return a strict model made of the handler's signature: Reflex does not enforce its hints."""
    hints = get_type_hints(handler, include_extras=True)
    parameters = list(inspect.signature(handler).parameters.values())[1:]
    fields: dict[str, Any] = {
        each.name: (hints[each.name], ... if each.default is each.empty else each.default)
        for each in parameters
    }
    config = ConfigDict(extra="forbid", strict=True)
    return create_model(handler.__qualname__, __config__=config, **fields)
