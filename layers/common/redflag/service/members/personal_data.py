"""Everything about one member, exported or erased."""

from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from redflag import wiring
from redflag.core.instants import BEGINNING, Instant
from redflag.core.model import PointEdit
from redflag.service.members import enrolment
from redflag.service.members.profile import history_days
from redflag.service.refusals import not_found
from redflag.store import audit, flags, history, partition, people, points, principals, register
from redflag.store.audit import Entry
from redflag.store.database import ConditionFailed, Conflict, retry_on_conflict
from redflag.store.flags import ShadowFinding
from redflag.store.history import PastAttempt


@dataclass(frozen=True)
class Export:
    """What is kept about a member beyond their page. `entries` are those of the audit log, newest first."""

    phone: str
    accounts: list[str]
    attempts: list[PastAttempt]
    point_edits: list[tuple[PointEdit, int]]
    shadow_findings: list[ShadowFinding]
    entries: list[dict[str, Any]]


def export(program_id: str, member_id: str, *, by: str, now: Instant) -> Export:
    """All that is kept about a member, for the member; that it was exported is audited."""

    def attempt(_conflict: Conflict | None) -> Export:
        database = wiring.database()
        profile = enrolment.get_profile(program_id, member_id)
        key = register.key(program_id, member_id)["pk"]
        exported = Export(
            phone=enrolment.reveal(profile),
            accounts=principals.accounts_of(database, program_id, member_id),
            attempts=history.everything(database, key, now=now, days=history_days(program_id)),
            point_edits=points.since(database, program_id, member_id, BEGINNING),
            shadow_findings=flags.shadow_findings(database, program_id, member_id, now=now),
            entries=audit.about(database, program_id, member_id, None),
        )
        entry = Entry(action="export", at=now, by=by, subject=member_id)
        database.commit([audit.append(database, program_id, entry)])
        return exported

    return retry_on_conflict(attempt)


def erase(program_id: str, member_id: str, *, by: str, reason: str | None, now: Instant) -> None:
    """Erase a member. The block of their number stays, known only by its HMAC.

    Principals are deleted before the items that name them, and the profile last, so that an interrupted
    erasure can be asked for again. A write about the member in the meantime changes the register, and then
    the erasure starts again. What the stream adds to the history afterwards is deleted when the stream
    shows that the register is gone.
    """

    def attempt(_conflict: Conflict | None) -> None:
        database = wiring.database()
        profile = enrolment.get_profile(program_id, member_id)
        current = register.load(database, program_id, member_id)
        if current is None:
            raise not_found("member")
        _forget_accounts(program_id, member_id)
        key = register.key(program_id, member_id)["pk"]
        partition.sweep(database, database.tables.history, key)
        partition.sweep(database, database.tables.members, key, keep=people.ESSENTIAL)
        record = people.find_phone(database, program_id, profile.phone_hash, consistent=True)
        entry = Entry(action="erase", at=now, by=by, subject=member_id, reason=reason)
        writes = [
            people.forget_phone(database, profile, record),
            people.forget_profile(database, profile),
            register.forget(database, current),
            audit.append(database, program_id, entry),
        ]
        if profile.external_id is not None:
            writes.append(people.forget_external(database, program_id, profile.external_id))
        database.commit(writes)

    retry_on_conflict(attempt)


def _forget_accounts(program_id: str, member_id: str) -> None:
    database = wiring.database()
    for subject in principals.accounts_of(database, program_id, member_id):
        # The condition fails when the person acts as another member by now, or has no access any more.
        with suppress(ConditionFailed):
            database.commit([principals.forget_account(database, program_id, member_id, subject)])
