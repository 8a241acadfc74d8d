"""Who may do what: from the bearer of a verified token to their principal, the stack's own record of them.

A token says who the caller is. The principal says what they may do, and in which program. So revoking
access works at once.
"""

from dataclasses import dataclass

from redflag import wiring
from redflag.core.roles import Permission, Pool, Role, may
from redflag.service import configuration
from redflag.service.refusals import forbidden, invalid, no_program
from redflag.store import principals
from redflag.store.principals import Principal


@dataclass(frozen=True)
class Caller:
    """The bearer of a verified token."""

    pool: Pool
    subject: str
    scopes: frozenset[str] = frozenset()


def permit(caller: Caller, permission: Permission, program_id: str | None = None) -> Principal:
    """The caller's principal, if it may do this; app callers of several programs name theirs.

    A program that is not the caller's is `not_found`, as is one that does not exist, or is closed. Only the
    staff of a closed program learn that it is closed.
    """
    if caller.pool is Pool.STAFF:
        principal = configuration.staff(caller.subject)
    else:
        acts_in = program_id or _only_program(caller.subject)
        principal = configuration.app_caller(caller.subject, acts_in) if acts_in else None
    if principal is None:
        if caller.pool is Pool.APP and principals.programs_of(wiring.database(), caller.subject):
            raise no_program()
        raise forbidden("This program does not know you. Ask its owner to give you access.")
    if principal.role is not Role.SUPPORT:
        _check_open(principal)
    if not may(principal.role, permission, caller.scopes):
        raise forbidden(_refusal(principal.role, permission, caller.scopes))
    if program_id is not None and program_id != principal.program_id:
        raise no_program()
    return principal


def _check_open(principal: Principal) -> None:
    """A closed program serves nobody. Only its own staff learn why."""
    program = configuration.program(principal.program_id)
    if principal.pool is Pool.STAFF and program is not None and program.closed_at is not None:
        raise forbidden("This program is closed. Ask the platform's support to open it again.")
    configuration.known_program(principal.program_id)


def _only_program(subject: str) -> str | None:
    programs = principals.programs_of(wiring.database(), subject)
    if len(programs) > 1:
        raise invalid(("program_id", "You act in several programs. Say in which of them."))
    return programs[0] if programs else None


def _refusal(role: Role, permission: Permission, scopes: frozenset[str]) -> str:
    if not scopes or role is Role.MEMBER:
        return f"The role {role} may not do this ({permission}). Ask an owner of the program."
    return f"This client ({role}) may not do this ({permission}), or its token lacks the scope."
