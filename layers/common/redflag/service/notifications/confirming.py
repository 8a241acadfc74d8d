"""Confirming a digest: its flags wait no longer, and the schedule has the next due instant.

Or giving the digest up: its flags wait for a later tick.
"""

import logging
from dataclasses import replace

from redflag import wiring
from redflag.core.digests import next_due
from redflag.core.instants import MINUTE, Instant
from redflag.mail.mails import DigestNews
from redflag.service.notifications.claiming import change_schedule
from redflag.store import digests, pending_notifications, programs
from redflag.store.digests import Digest
from redflag.store.schedules import Schedule

logger = logging.getLogger(__name__)

_TRY_AGAIN: Instant = 10 * MINUTE


def confirm(digest: Digest, news: DigestNews | None, problem: str | None, *, now: Instant) -> None:
    """Record that the flags were mailed, and when the next digest is due."""
    database, program_id = wiring.database(), digest.program_id
    pending_notifications.mark_notified(database, program_id, digest.flag_ids, digest.digest_id, now=now)
    counts = {} if news is None else {each.rule: each.count for each in news.rules}

    def confirmed(schedule: Schedule) -> Schedule:
        effective = programs.get_settings(database, program_id, consistent=True)
        due_at = now if digest.more else next_due(effective.settings.notifications, now)
        return replace(_free(schedule), due_at=due_at, since=digest.end, counts=counts, problem=problem)

    change_schedule(digest, confirmed)


def give_up(digest: Digest, problem: str | None, *, now: Instant) -> None:
    """Give up a digest that reached no recipient. Its flags go on waiting, and a later tick tries again."""
    logger.warning("digest not sent", extra={"program_id": digest.program_id, "digest_id": digest.digest_id})
    change_schedule(digest, lambda each: replace(_free(each), due_at=now + _TRY_AGAIN, problem=problem))
    wiring.database().commit([digests.forget(wiring.database(), digest)])


def _free(schedule: Schedule) -> Schedule:
    return replace(schedule, sending=None, held_until=0)
