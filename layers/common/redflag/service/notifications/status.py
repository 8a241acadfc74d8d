"""The status of a program's notifications, and test mails."""

from dataclasses import dataclass

from redflag import wiring
from redflag.core.instants import Instant
from redflag.core.settings import Notifications
from redflag.mail.mails import test_mail
from redflag.service.notifications import email_channel, recipients
from redflag.service.notifications.claiming import MOST_FLAGS
from redflag.service.notifications.email_channel import NotNow, Refused, Sender
from redflag.service.notifications.recipients import Recipient
from redflag.service.refusals import not_found
from redflag.store import audit, pending_notifications, programs, schedules
from redflag.store.audit import Entry
from redflag.store.database import retry_on_conflict
from redflag.store.suppressions import fold

_BUSY = "SES accepts no mail at the moment. Try again in a minute."


@dataclass(frozen=True)
class State:
    """The status of notifications."""

    settings: Notifications
    sender: Sender
    recipients: list[Recipient]
    waiting: int
    last_digest_at: Instant | None
    next_digest_at: Instant | None
    problem: str | None


@dataclass(frozen=True)
class TestMail:
    """What became of a test mail; `refusal` is why it was not sent."""

    email: str
    refusal: str | None


def state(program_id: str) -> State:
    """The current status of a program's notifications."""
    database = wiring.database()
    settings = programs.get_settings(database, program_id, consistent=True).settings.notifications
    schedule = schedules.get(database, program_id)
    return State(
        settings=settings,
        sender=email_channel.check_sender(),
        recipients=recipients.of_program(program_id, settings.recipients),
        waiting=len(pending_notifications.waiting(database, program_id, MOST_FLAGS)),
        last_digest_at=schedule.since,
        next_digest_at=schedule.due_at,
        problem=schedule.problem,
    )


def send_test_mails(program_id: str, email: str | None, *, by: str, now: Instant) -> list[TestMail]:
    """Send a test mail to every recipient without a suppression, or to one of them. Raises `Refusal`."""
    database = wiring.database()
    program = programs.get_program(database, program_id)
    settings = programs.get_settings(database, program_id, consistent=True).settings.notifications
    deliverable = recipients.deliverable(program_id, settings.recipients)
    chosen = [each for each in deliverable if email is None or fold(each) == fold(email)]
    if program is None or not chosen:
        raise not_found("recipient")
    entry = Entry("send_test", now, by, "notifications", after={"recipients": len(chosen)})
    retry_on_conflict(lambda _conflict: database.commit([audit.append(database, program_id, entry)]))
    return [TestMail(each, _try(program_id, program.name, each)) for each in chosen]


def _try(program_id: str, name: str, email: str) -> str | None:
    url = recipients.unsubscribe_url(program_id, email)
    try:
        mail = test_mail(name, url)
        email_channel.send(mail, email, sender_name=name, unsubscribe_url=url, tags={"program": program_id})
    except Refused as refusal:
        return str(refusal)
    except NotNow:
        return _BUSY
    return None
