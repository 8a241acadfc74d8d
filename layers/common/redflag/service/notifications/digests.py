"""Telling a program's staff of its new flags: each flag once, whatever fails or repeats.

    claim    the flags that wait and the recipients become a digest, and the schedule names it, in one
             transaction; whoever claims holds the schedule for a few minutes
    send     to each recipient: note that it is being sent, hand it to SES, note that it was sent
    confirm  the flags were told of; then the schedule lets go of the digest and names the next instant

A process may end anywhere. Its message comes again, or the next tick finds the schedule still due; once
the hold has run out, another takes the digest over and goes on where it stands. One thing it cannot know:
whether a mail that was *being sent* has reached SES. SES's own event about it, which carries the digest's
id, notes the mail as sent in the meantime; if none has come by then, the mail is sent again. So in that
one case one recipient may get one mail twice; none is lost.
"""

import logging
from collections.abc import Callable
from dataclasses import replace

from redflag import wiring
from redflag.core.digests import next_due
from redflag.core.instants import MINUTE, Instant
from redflag.mail.mails import DigestNews, digest_mail
from redflag.service.findings import until_won
from redflag.service.notifications import content, email_channel, recipients
from redflag.service.notifications.email_channel import NotNow, Refused
from redflag.service.notifications.pending import call_mailer
from redflag.store import digests, pending_notifications, programs
from redflag.store.database import Lost
from redflag.store.digests import Digest, Mailing, Schedule
from redflag.store.ids import new_digest_id

logger = logging.getLogger(__name__)

HOLD: Instant = 5 * MINUTE
"""How long a digest belongs to whoever has claimed it: longer than a function runs, and long enough for
SES's event to arrive."""

MOST_FLAGS = 5000
"""How many flags one digest tells of; more follow in another one at once."""

_TRY_AGAIN: Instant = 10 * MINUTE


def tick(*, now: Instant) -> int:
    """Have the mailer look at every program whose digest is due; answers how many those are."""
    called, after = 0, None
    while True:
        due, after = digests.due(wiring.database(), now, after)
        call_mailer(due)
        called += len(due)
        if after is None:
            return called


def tell(program_id: str, *, now: Instant) -> None:
    """Send what is due to a program's recipients, until nothing more is."""
    while True:
        digest = until_won(lambda _lost: _claim(program_id, now))
        if digest is None:
            return
        news, problem = content.gather(digest, now=now), None
        if news is not None:
            digest, problem = _send(digest, news)
            if Mailing.SENT not in digest.mailings.values():
                _give_up(digest, problem, now=now)
                return
        _confirm(digest, news, problem, now=now)


# ---------------------------------------------------------------- claim


def _claim(program_id: str, now: Instant) -> Digest | None:
    database = wiring.database()
    schedule = digests.get_schedule(database, program_id)
    if schedule.sending is None:
        return _begin(schedule, now)
    if schedule.held_until > now:
        # Somebody is at it, and looks again when done.
        return None
    database.commit([digests.save_schedule(database, replace(schedule, held_until=now + HOLD))])
    return digests.get_digest(database, program_id, schedule.sending)


def _begin(schedule: Schedule, now: Instant) -> Digest | None:
    database, program_id = wiring.database(), schedule.program_id
    wanted = programs.get_settings(database, program_id, consistent=True).settings.notifications
    if wanted.frequency == "off":
        _let_go(schedule, now)
        return None
    if wanted.frequency != "every_flag" and (schedule.due_at is None or schedule.due_at > now):
        return None
    after = replace(schedule, due_at=next_due(wanted, now))
    program = programs.get_program(database, program_id)
    shut = program is None or program.closed_at is not None
    mailable = [] if shut else recipients.mailable(program_id, wanted.recipients)
    if not mailable:
        # The flags wait for somebody who can be told.
        database.commit([digests.save_schedule(database, after)])
        return None
    flag_ids = pending_notifications.waiting(database, program_id, MOST_FLAGS + 1)
    if not flag_ids:
        if schedule.due_at is not None:
            closed = replace(after, since=now, counts={}, problem=None)
            database.commit([digests.save_schedule(database, closed)])
        return None
    digest = Digest(
        program_id=program_id,
        digest_id=new_digest_id(),
        frequency=wanted.frequency,
        start=schedule.since,
        end=now,
        flag_ids=tuple(flag_ids[:MOST_FLAGS]),
        mailings=dict.fromkeys(mailable, Mailing.WAITING),
        counts_before=schedule.counts,
        more=len(flag_ids) > MOST_FLAGS,
    )
    held = replace(schedule, sending=digest.digest_id, held_until=now + HOLD)
    database.commit([digests.begin(database, digest), digests.save_schedule(database, held)])
    return digest


def _let_go(schedule: Schedule, now: Instant) -> None:
    """Nobody wants to be told: what waits is not told of later either."""
    database, program_id = wiring.database(), schedule.program_id
    while flag_ids := pending_notifications.waiting(database, program_id, MOST_FLAGS):
        pending_notifications.told(database, program_id, flag_ids, "off", now=now)
    after = replace(schedule, due_at=None, since=now, counts={}, problem=None)
    database.commit([digests.save_schedule(database, after)])


# ---------------------------------------------------------------- send


def _send(digest: Digest, news: DigestNews) -> tuple[Digest, str | None]:
    """Send what was not sent; the digest after that, and the last refusal. Raises `NotNow`."""
    in_force = programs.get_settings(wiring.database(), digest.program_id, consistent=True)
    wanted, problem = in_force.settings.notifications, None
    mailable = recipients.mailable(digest.program_id, wanted.recipients)
    for recipient, state in digest.mailings.items():
        stopped = wanted.frequency == "off" or recipient not in mailable
        if stopped or state in (Mailing.SENT, Mailing.REFUSED):
            continue
        _note(digest, recipient, Mailing.SENDING)
        try:
            _send_to(digest, recipient, news)
        except Refused as refusal:
            outcome, problem = Mailing.REFUSED, str(refusal)
        except NotNow:
            _note(digest, recipient, Mailing.WAITING)
            _change(digest, lambda schedule: replace(schedule, held_until=0))
            raise
        else:
            outcome = Mailing.SENT
        _note(digest, recipient, outcome)
        digest = digest.with_mailing(recipient, outcome)
    return digest, problem


def _send_to(digest: Digest, recipient: str, news: DigestNews) -> None:
    url = recipients.unsubscribe_url(digest.program_id, recipient)
    email_channel.send(
        digest_mail(news, url),
        recipient,
        sender_name=news.program,
        unsubscribe_url=url,
        tags={"program": digest.program_id, "digest": digest.digest_id},
    )


def _note(digest: Digest, recipient: str, state: Mailing) -> None:
    database = wiring.database()
    database.commit(
        [digests.note(database, digest.program_id, digest.digest_id, recipient=recipient, mailing=state)]
    )


# ---------------------------------------------------------------- confirm


def _confirm(digest: Digest, news: DigestNews | None, problem: str | None, *, now: Instant) -> None:
    """The flags were told of; on with the next digest."""
    database = wiring.database()
    pending_notifications.told(database, digest.program_id, digest.flag_ids, digest.digest_id, now=now)
    counts = {} if news is None else {each.rule: each.count for each in news.rules}

    def confirmed(schedule: Schedule) -> Schedule:
        in_force = programs.get_settings(database, digest.program_id, consistent=True)
        due_at = now if digest.more else next_due(in_force.settings.notifications, now)
        return replace(_free(schedule), due_at=due_at, since=digest.end, counts=counts, problem=problem)

    _change(digest, confirmed)


def _give_up(digest: Digest, problem: str | None, *, now: Instant) -> None:
    """Nobody could be told. The flags go on waiting, and a later tick tries again."""
    logger.warning("digest not sent", extra={"program_id": digest.program_id, "digest_id": digest.digest_id})
    _change(digest, lambda each: replace(_free(each), due_at=now + _TRY_AGAIN, problem=problem))
    wiring.database().commit([digests.forget(wiring.database(), digest)])


def _free(schedule: Schedule) -> Schedule:
    return replace(schedule, sending=None, held_until=0)


def _change(digest: Digest, change: Callable[[Schedule], Schedule]) -> None:
    """Change the schedule for as long as it names this digest."""

    def attempt(_lost: Lost | None) -> None:
        database = wiring.database()
        schedule = digests.get_schedule(database, digest.program_id)
        if schedule.sending == digest.digest_id:
            database.commit([digests.save_schedule(database, change(schedule))])

    until_won(attempt)
