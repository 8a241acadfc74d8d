"""Keeping the counts of flags: each flag is counted as what it is now, once.

Of a record in the stream only the flag's id is used. The flag's marker is read first, and then the flag
as it is now. When another has moved the flag meanwhile, the condition on the marker fails, and both are
read again. So records that come twice, late or in any order end in the same counts.
"""

from zoneinfo import ZoneInfo

from redflag import wiring
from redflag.core.counted import Counted, counted_as
from redflag.core.flags import Flag
from redflag.service import configuration
from redflag.store import counts, flags
from redflag.store.database import Conflict, retry_on_conflict


def count(program_id: str, flag_id: str) -> None:
    """Count a flag as what it is now; one that is gone is counted no longer."""

    def attempt(_conflict: Conflict | None) -> None:
        database = wiring.database()
        # In this order: a flag that changes after it was read has a further record, which counts it again.
        before = counts.marker(database, program_id, flag_id)
        flag = flags.get(database, program_id, flag_id)
        after = due(program_id, flag) if flag else None
        if after != before:
            database.commit(counts.move(database, program_id, flag_id, before, after))

    retry_on_conflict(attempt)


def due(program_id: str, flag: Flag) -> Counted:
    """What a flag should be counted as, by the calendar of its location."""
    return counted_as(flag, zone_of(program_id, flag.location_id))


def zone_of(program_id: str, location_id: str | None) -> ZoneInfo:
    """The zone of a location; that of the notifications when there is no location, or it was deleted."""
    location = configuration.location(program_id, location_id) if location_id else None
    if location is not None:
        return location.zone
    return ZoneInfo(configuration.settings(program_id).settings.notifications.time_zone)
