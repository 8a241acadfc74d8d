"""Claiming what is due: the flags that wait and the recipients become a digest.

The process that claims a digest holds the schedule for a few minutes; then another may take it over.
"""

from collections.abc import Callable
from dataclasses import replace

from redflag import wiring
from redflag.core.digests import next_due
from redflag.core.instants import MINUTE, Instant
from redflag.core.settings import Frequency
from redflag.service.notifications import recipients
from redflag.store import digests, pending_notifications, programs, schedules
from redflag.store.database import Conflict, retry_on_conflict
from redflag.store.digests import Digest, Mailing
from redflag.store.ids import new_digest_id
from redflag.store.schedules import Schedule

HOLD: Instant = 5 * MINUTE
"""How long a claimed digest is held: longer than a function runs, and than SES's event takes to arrive."""

MOST_FLAGS = 5000
"""How many flags one digest lists; further ones follow in another digest at once."""


def claim(program_id: str, now: Instant) -> Digest | None:
    """The digest that is due, new or taken over; none when nothing is due, or another process holds it."""
    database = wiring.database()
    schedule = schedules.get(database, program_id)
    if schedule.sending is None:
        return _begin(schedule, now)
    if schedule.held_until > now:
        # The process that holds it looks again when it is done.
        return None
    database.commit([schedules.save(database, replace(schedule, held_until=now + HOLD))])
    return digests.get_digest(database, program_id, schedule.sending)


def _begin(schedule: Schedule, now: Instant) -> Digest | None:
    database, program_id = wiring.database(), schedule.program_id
    settings = programs.get_settings(database, program_id, consistent=True).settings.notifications
    if settings.frequency is Frequency.OFF:
        _drop_pending(schedule, now)
        return None
    if settings.frequency is not Frequency.EVERY_FLAG and (schedule.due_at is None or schedule.due_at > now):
        return None
    after = replace(schedule, due_at=next_due(settings, now))
    program = programs.get_program(database, program_id)
    closed = program is None or program.closed_at is not None
    deliverable = [] if closed else recipients.deliverable(program_id, settings.recipients)
    if not deliverable:
        # The flags wait for a recipient.
        database.commit([schedules.save(database, after)])
        return None
    flag_ids = pending_notifications.waiting(database, program_id, MOST_FLAGS + 1)
    if not flag_ids:
        if schedule.due_at is not None:
            nothing_new = replace(after, since=now, counts={}, problem=None)
            database.commit([schedules.save(database, nothing_new)])
        return None
    digest = Digest(
        program_id=program_id,
        digest_id=new_digest_id(),
        frequency=settings.frequency,
        start=schedule.since,
        end=now,
        flag_ids=tuple(flag_ids[:MOST_FLAGS]),
        mailings=dict.fromkeys(deliverable, Mailing.WAITING),
        counts_before=schedule.counts,
        more=len(flag_ids) > MOST_FLAGS,
    )
    held = replace(schedule, sending=digest.digest_id, held_until=now + HOLD)
    database.commit([digests.begin(database, digest), schedules.save(database, held)])
    return digest


def _drop_pending(schedule: Schedule, now: Instant) -> None:
    """Notifications are off: drop the pending notifications, so that they are not sent later either."""
    database, program_id = wiring.database(), schedule.program_id
    while flag_ids := pending_notifications.waiting(database, program_id, MOST_FLAGS):
        pending_notifications.mark_notified(database, program_id, flag_ids, "off", now=now)
    after = replace(schedule, due_at=None, since=now, counts={}, problem=None)
    database.commit([schedules.save(database, after)])


def change_schedule(digest: Digest, change: Callable[[Schedule], Schedule]) -> None:
    """Change the schedule for as long as it names this digest."""

    def attempt(_conflict: Conflict | None) -> None:
        database = wiring.database()
        schedule = schedules.get(database, digest.program_id)
        if schedule.sending == digest.digest_id:
            database.commit([schedules.save(database, change(schedule))])

    retry_on_conflict(attempt)
