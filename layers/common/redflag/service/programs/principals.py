"""Principals, saved and removed together with their audit entries."""

from redflag import wiring
from redflag.core.instants import Instant
from redflag.core.roles import Pool
from redflag.service.refusals import invalid, not_found
from redflag.store import audit, principals
from redflag.store.audit import Entry
from redflag.store.database import Conflict, Write, retry_on_conflict
from redflag.store.principals import Principal


def add_principal(principal: Principal, action: str, field: str, *, by: str, now: Instant) -> None:
    """Give a principal access. Raises `Refusal`, naming the field, when they have it already."""

    def attempt(conflict: Conflict | None) -> None:
        if conflict is not None and "principal" in conflict.failed:
            raise invalid((field, "This one has access already. Remove them first."))
        write = principals.save(wiring.database(), principal)
        entry = Entry(action, now, by, principal.subject, after={"role": principal.role})
        _commit(write, principal.program_id, entry)

    retry_on_conflict(attempt)


def remove_principal(principal: Principal, action: str, *, by: str, now: Instant) -> None:
    """Revoke a principal's access. Raises `Refusal` when they have none."""

    def attempt(conflict: Conflict | None) -> None:
        if conflict is not None and "principal" in conflict.failed:
            raise not_found("principal")
        write = principals.remove(wiring.database(), principal)
        entry = Entry(action, now, by, principal.subject, before={"role": principal.role})
        _commit(write, principal.program_id, entry)

    retry_on_conflict(attempt)


def _commit(write: Write, program_id: str, entry: Entry) -> None:
    database = wiring.database()
    database.commit([write, audit.append(database, program_id, entry)])


def of_program(program_id: str, pool: Pool, *, after: str | None, limit: int) -> list[Principal]:
    """A program's principals of one pool, in the order of their subjects, without members."""
    return principals.of_program(wiring.database(), program_id, pool, after=after, limit=limit)
