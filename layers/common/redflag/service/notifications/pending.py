"""Pending notifications, from the stream of flags.

A new flag is a pending notification until a digest has listed it. With `every_flag`, the mailer is called
a few seconds later, so that one mail lists the flags of a burst. If that call fails, the schedule still
says that a digest is due, and the next tick looks again.
"""

import json
import os
from collections.abc import Iterable
from dataclasses import replace

from redflag import wiring
from redflag.core.instants import Instant
from redflag.core.settings import Frequency
from redflag.store import pending_notifications, programs, schedules
from redflag.store.database import Conflict, Write, retry_on_conflict

_SENT_AT_ONCE = 10
_KNOWN = {"notified", "pending"}


def flag_raised(program_id: str, flag_id: str, *, now: Instant) -> None:
    """Add a pending notification for a new flag. Doing it again changes nothing."""
    settings = programs.get_settings(wiring.database(), program_id, consistent=True).settings.notifications
    if settings.frequency is Frequency.OFF:
        return
    at_once = settings.frequency is Frequency.EVERY_FLAG and bool(settings.recipients)
    retry_on_conflict(lambda conflict: _keep(program_id, flag_id, conflict, at_once=at_once, now=now))
    if at_once:
        call_mailer([program_id], seconds=int(os.environ["BURST_SECONDS"]))


def _keep(program_id: str, flag_id: str, conflict: Conflict | None, *, at_once: bool, now: Instant) -> None:
    if conflict is not None and conflict.failed & _KNOWN:
        return
    database = wiring.database()
    writes = pending_notifications.add(database, program_id, flag_id, now=now)
    if at_once:
        writes += _due(program_id, now)
    database.commit(writes)


def _due(program_id: str, now: Instant) -> list[Write]:
    database = wiring.database()
    schedule = schedules.get(database, program_id)
    if schedule.due_at is not None and schedule.due_at <= now:
        return []
    return [schedules.save(database, replace(schedule, due_at=now))]


def call_mailer(program_ids: Iterable[str], *, seconds: int = 0) -> None:
    """Call the mailer for programs, after so many seconds."""
    left = list(program_ids)
    while left:
        batch, left = left[:_SENT_AT_ONCE], left[_SENT_AT_ONCE:]
        entries = [
            {"Id": str(n), "MessageBody": json.dumps({"program_id": each}), "DelaySeconds": seconds}
            for n, each in enumerate(batch)
        ]
        answer = wiring.client("sqs").send_message_batch(QueueUrl=os.environ["MAILER_QUEUE"], Entries=entries)
        if answer.get("Failed"):
            raise MailerNotCalled(f"{len(answer['Failed'])} of {len(batch)} messages were not accepted")


class MailerNotCalled(Exception):
    """The queue did not accept a message. The caller is run again."""
