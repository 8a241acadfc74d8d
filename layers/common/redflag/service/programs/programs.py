"""Programs, and the changes that their owners make: settings and locations."""

from typing import Any

from redflag import wiring
from redflag.core.instants import Instant
from redflag.core.roles import Role
from redflag.core.settings import Settings
from redflag.problems import Problem, invalid, not_found
from redflag.service.findings import until_won
from redflag.service.notifications.schedules import reschedule
from redflag.service.programs.staff import Person
from redflag.store import audit, principals, programs
from redflag.store.audit import Entry
from redflag.store.database import Lost, Write
from redflag.store.ids import new_location_id, new_program_id
from redflag.store.principals import PLATFORM, Principal
from redflag.store.programs import Program, SettingsVersion


def create_program(name: str, region: str, owner: Person, *, by: str, now: Instant) -> Program:
    """A new program with its owner; `region` (ISO 3166) reads its local phone numbers.

    Raises `Problem` when the owner is at another program's console already.
    """
    program = Program(new_program_id(), name, region, created_at=now)
    principal = Principal(
        owner.subject, Role.OWNER, program.program_id, owner.name, owner.email, created_at=now
    )
    entry = Entry("create_program", now, by, program.program_id, after={"owner": owner.subject})
    database = wiring.database()

    def attempt(lost: Lost | None) -> Program:
        if lost is not None and "principal" in lost.labels:
            raise invalid(("owner", "This person is at another program's console already."))
        writes = [programs.save_program(database, program), principals.save(database, principal)]
        writes.append(audit.append(database, PLATFORM, entry))
        _write(writes, program.program_id, entry)
        return program

    return until_won(attempt)


def etag(version: int) -> str:
    """The entity tag of a version of the settings."""
    return f'"{version}"'


def change_settings(
    program_id: str, settings: Settings, if_match: str | None, *, by: str, now: Instant
) -> SettingsVersion:
    """Put new settings in force. Raises `Problem` when `if_match` is not the version in force."""

    def attempt(_lost: Lost | None) -> SettingsVersion:
        database = wiring.database()
        before = programs.get_settings(database, program_id, consistent=True)
        if if_match not in (None, "*", etag(before.version)):
            raise Problem(
                "version_conflict",
                "Somebody has changed the settings meanwhile. Read them again, then change them.",
                headers={"ETag": etag(before.version)},
            )
        after = SettingsVersion(settings, before.version + 1, now, by)
        entry = Entry(
            action="change_settings",
            at=now,
            by=by,
            subject="settings",
            before={"version": before.version} | before.settings.to_document(),
            after={"version": after.version} | settings.to_document(),
        )
        writes = programs.save_settings(database, program_id, after)
        if settings.notifications != before.settings.notifications:
            writes.append(reschedule(program_id, settings.notifications, now=now))
        _write(writes, program_id, entry)
        return after

    return until_won(attempt)


def add_location(program_id: str, document: dict[str, Any], *, by: str, now: Instant) -> dict[str, Any]:
    """A new location."""
    document = {"location_id": new_location_id()} | document
    write = programs.save_location(wiring.database(), program_id, document, new=True)
    entry = Entry("add_location", now, by, document["location_id"], after=document)
    until_won(lambda _: _write([write], program_id, entry))
    return document


def change_location(
    program_id: str, location_id: str, document: dict[str, Any], *, by: str, now: Instant
) -> dict[str, Any]:
    """Replace a location's document. Raises `Problem` when there is none."""
    document = {"location_id": location_id} | document

    def attempt(_lost: Lost | None) -> dict[str, Any]:
        before = _location(program_id, location_id)
        write = programs.save_location(wiring.database(), program_id, document, new=False, known=before)
        entry = Entry("change_location", now, by, location_id, before=before, after=document)
        _write([write], program_id, entry)
        return document

    return until_won(attempt)


def delete_location(program_id: str, location_id: str, *, by: str, now: Instant) -> None:
    """Delete a location. Its check-ins stay. Raises `Problem` when there is none."""

    def attempt(_lost: Lost | None) -> None:
        before = _location(program_id, location_id)
        write = programs.delete_location(wiring.database(), program_id, location_id, before)
        _write([write], program_id, Entry("delete_location", now, by, location_id, before=before))

    until_won(attempt)


def _location(program_id: str, location_id: str) -> dict[str, Any]:
    """A location's document as it is now, which the audit log will say that it was."""
    found = programs.get_location(wiring.database(), program_id, location_id, consistent=True)
    if found is None:
        raise not_found("location")
    return found


def _write(writes: list[Write], program_id: str, entry: Entry) -> None:
    database = wiring.database()
    database.commit([*writes, audit.append(database, program_id, entry)])
