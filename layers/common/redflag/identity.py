"""Who is calling, and whether they may: verified tokens in, principals out.

API Gateway has verified the token before a function runs. Its claims say who; the stack's own
record of principals says what they may do, and in which program.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from redflag import config, wiring
from redflag.core.roles import Permission, Pool, Role, may
from redflag.problems import Problem, forbidden, invalid, no_program
from redflag.store import principals
from redflag.store.principals import Principal


@dataclass(frozen=True)
class Caller:
    """The bearer of a verified token."""

    pool: Pool
    subject: str
    scopes: frozenset[str] = frozenset()


def caller_of(event: Mapping[str, Any], pool: Pool) -> Caller:
    """The caller of a request; `pool` is the one whose tokens the route's authorizer takes.

    Routes for both pools have an authorizer that says itself which pool the token came from.
    """
    authorizer = event["requestContext"].get("authorizer") or {}
    if "lambda" in authorizer:
        context = authorizer["lambda"]
        pool, claims = Pool(context["pool"]), context
    elif "jwt" in authorizer:
        claims = authorizer["jwt"]["claims"]
    else:
        raise Problem("unauthorized", "Sign in first, and send the token as a bearer token.")
    return Caller(pool, claims["sub"], frozenset((claims.get("scope") or "").split()))


def permit(caller: Caller, permission: Permission, program_id: str | None = None) -> Principal:
    """The caller's principal, if it may do this; app callers of several programs name theirs.

    A program that is not the caller's is `not_found`, as one that does not exist is, and one that is
    closed; only its own staff are told that.
    """
    if caller.pool is Pool.STAFF:
        principal = config.staff(caller.subject)
    else:
        acts_in = program_id or _only_program(caller.subject)
        principal = config.app_caller(caller.subject, acts_in) if acts_in else None
    if principal is None:
        if caller.pool is Pool.APP and principals.programs_of(wiring.database(), caller.subject):
            raise no_program()
        raise forbidden("This program does not know you. Ask its owner to let you in.")
    if principal.role is not Role.SUPPORT:
        _check_open(principal)
    if not may(principal.role, permission, caller.scopes):
        raise forbidden(_refusal(principal.role, permission, caller.scopes))
    if program_id is not None and program_id != principal.program_id:
        raise no_program()
    return principal


def _check_open(principal: Principal) -> None:
    """A closed program serves nobody, and tells only its staff why."""
    program = config.program(principal.program_id)
    if principal.pool is Pool.STAFF and program is not None and program.closed_at is not None:
        raise forbidden("This program is closed. Ask the platform's support to open it again.")
    config.known_program(principal.program_id)


def _only_program(subject: str) -> str | None:
    programs = principals.programs_of(wiring.database(), subject)
    if len(programs) > 1:
        raise invalid(("program_id", "You act in several programs. Say in which of them."))
    return programs[0] if programs else None


def _refusal(role: Role, permission: Permission, scopes: frozenset[str]) -> str:
    if not scopes or role is Role.MEMBER:
        return f"The role {role} may not do this ({permission}). Ask an owner of the program."
    return f"This client ({role}) may not do this ({permission}), or its token lacks the scope."
