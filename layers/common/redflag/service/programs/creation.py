"""A new program with its first owner."""

from redflag import wiring
from redflag.core.instants import Instant
from redflag.core.roles import Role
from redflag.service.programs.staff import Person
from redflag.service.refusals import invalid
from redflag.store import audit, principals, programs
from redflag.store.audit import Entry
from redflag.store.database import Conflict, retry_on_conflict
from redflag.store.ids import new_program_id
from redflag.store.principals import PLATFORM, Principal
from redflag.store.programs import Program


def create_program(name: str, region: str, owner: Person, *, by: str, now: Instant) -> Program:
    """A new program with its owner; `region` (ISO 3166) reads its local phone numbers.

    Raises `Refusal` when the owner is at another program's console already.
    """
    program = Program(new_program_id(), name, region, created_at=now)
    principal = Principal(
        owner.subject, Role.OWNER, program.program_id, owner.name, owner.email, created_at=now
    )
    entry = Entry("create_program", now, by, program.program_id, after={"owner": owner.subject})
    database = wiring.database()

    def attempt(conflict: Conflict | None) -> Program:
        if conflict is not None and "principal" in conflict.failed:
            raise invalid(("owner", "This person is at another program's console already."))
        writes = [programs.save_program(database, program), principals.save(database, principal)]
        writes.append(audit.append(database, PLATFORM, entry))
        writes.append(audit.append(database, program.program_id, entry))
        database.commit(writes)
        return program

    return retry_on_conflict(attempt)
