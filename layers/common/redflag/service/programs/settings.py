"""A program's settings, changed version by version."""

from redflag import wiring
from redflag.core.instants import Instant
from redflag.core.settings import Settings
from redflag.service.refusals import Refusal, not_found
from redflag.store import audit, programs, schedules
from redflag.store.audit import Entry
from redflag.store.database import Conflict, retry_on_conflict
from redflag.store.programs import SettingsVersion


def change_settings(
    program_id: str, settings: Settings, expected: int | None, *, by: str, now: Instant
) -> SettingsVersion:
    """Save new settings. Raises `Refusal` when another version than the expected one is effective."""

    def attempt(_conflict: Conflict | None) -> SettingsVersion:
        database = wiring.database()
        before = programs.get_settings(database, program_id, consistent=True)
        if expected not in (None, before.version):
            raise Refusal(
                "version_conflict",
                "Somebody has changed the settings meanwhile. Read them again, then change them.",
                version=before.version,
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
            writes.append(schedules.reschedule(database, program_id, settings.notifications, now=now))
        database.commit([*writes, audit.append(database, program_id, entry)])
        return after

    return retry_on_conflict(attempt)


def effective(program_id: str) -> SettingsVersion:
    """The effective settings."""
    return programs.get_settings(wiring.database(), program_id, consistent=True)


def saved_version(program_id: str, number: int) -> SettingsVersion:
    """One version, as it was saved; 0 are the defaults. Raises `Refusal` when there is none."""
    found = programs.settings_version(wiring.database(), program_id, number)
    if found is None:
        raise not_found("version")
    return found


def history(program_id: str, *, before: int | None, limit: int) -> list[SettingsVersion]:
    """The versions that were saved before one, newest first."""
    return programs.settings_history(wiring.database(), program_id, before=before, limit=limit)
