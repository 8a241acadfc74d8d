"""A program's locations: added, changed, deleted."""

from typing import Any

from redflag import wiring
from redflag.core.instants import Instant
from redflag.service.refusals import not_found
from redflag.store import audit, programs
from redflag.store.audit import Entry
from redflag.store.database import Conflict, Write, retry_on_conflict
from redflag.store.ids import new_location_id


def add_location(program_id: str, document: dict[str, Any], *, by: str, now: Instant) -> dict[str, Any]:
    """A new location."""
    document = {"location_id": new_location_id()} | document
    write = programs.save_location(wiring.database(), program_id, document, new=True)
    entry = Entry("add_location", now, by, document["location_id"], after=document)
    retry_on_conflict(lambda _: _write(write, program_id, entry))
    return document


def change_location(
    program_id: str, location_id: str, document: dict[str, Any], *, by: str, now: Instant
) -> dict[str, Any]:
    """Replace a location's document. Raises `Refusal` when there is none."""
    document = {"location_id": location_id} | document

    def attempt(_conflict: Conflict | None) -> dict[str, Any]:
        before = _location(program_id, location_id)
        write = programs.save_location(wiring.database(), program_id, document, new=False, known=before)
        entry = Entry("change_location", now, by, location_id, before=before, after=document)
        _write(write, program_id, entry)
        return document

    return retry_on_conflict(attempt)


def delete_location(program_id: str, location_id: str, *, by: str, now: Instant) -> None:
    """Delete a location. Its check-ins stay. Raises `Refusal` when there is none."""

    def attempt(_conflict: Conflict | None) -> None:
        before = _location(program_id, location_id)
        write = programs.delete_location(wiring.database(), program_id, location_id, before)
        _write(write, program_id, Entry("delete_location", now, by, location_id, before=before))

    retry_on_conflict(attempt)


def _location(program_id: str, location_id: str) -> dict[str, Any]:
    """A location's current document, for the audit entry of its change."""
    found = programs.get_location(wiring.database(), program_id, location_id, consistent=True)
    if found is None:
        raise not_found("location")
    return found


def _write(write: Write, program_id: str, entry: Entry) -> None:
    database = wiring.database()
    database.commit([write, audit.append(database, program_id, entry)])


def page(program_id: str, *, after: str | None, limit: int) -> list[dict[str, Any]]:
    """The documents of a program's locations, in the order of their ids."""
    return programs.locations(wiring.database(), program_id, after=after, limit=limit)


def get(program_id: str, location_id: str) -> dict[str, Any]:
    """A location's document. Raises `Refusal` when there is none."""
    found = programs.get_location(wiring.database(), program_id, location_id)
    if found is None:
        raise not_found("location")
    return found
