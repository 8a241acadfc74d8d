"""When a program's next digest is due, after somebody has changed what decides about it."""

from dataclasses import replace

from redflag import wiring
from redflag.core.digests import next_due
from redflag.core.instants import Instant
from redflag.core.settings import Notifications
from redflag.store import digests
from redflag.store.database import Write


def reschedule(program_id: str, notifications: Notifications, *, now: Instant) -> Write:
    """The schedule as notifications now want it, for the transaction that changes them.

    Where no digest has a time of its own, what waits is looked at once, now: for `every_flag` to be told
    of, for `off` to be let go.
    """
    database = wiring.database()
    schedule = digests.get_schedule(database, program_id)
    nobody = not notifications.recipients and notifications.frequency != "off"
    due_at = None if nobody else next_due(notifications, now) or now
    return digests.save_schedule(database, replace(schedule, due_at=due_at))
