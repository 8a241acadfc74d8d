"""Sending a digest: to each recipient, note that it is being sent, hand it to SES, note that it was sent."""

from dataclasses import replace

from redflag import wiring
from redflag.core.settings import Frequency
from redflag.mail.mails import DigestNews, digest_mail
from redflag.service.notifications import email_channel, recipients
from redflag.service.notifications.claiming import change_schedule
from redflag.service.notifications.email_channel import NotNow, Refused
from redflag.store import digests, programs
from redflag.store.digests import Digest, Mailing


def send(digest: Digest, news: DigestNews) -> tuple[Digest, str | None]:
    """Send the mails that were not sent; returns the new digest and the last refusal. Raises `NotNow`."""
    effective = programs.get_settings(wiring.database(), digest.program_id, consistent=True)
    settings, problem = effective.settings.notifications, None
    deliverable = recipients.deliverable(digest.program_id, settings.recipients)
    for recipient, state in digest.mailings.items():
        skipped = settings.frequency is Frequency.OFF or recipient not in deliverable
        if skipped or state in (Mailing.SENT, Mailing.REFUSED):
            continue
        _note(digest, recipient, Mailing.SENDING)
        try:
            _send_to(digest, recipient, news)
        except Refused as refusal:
            outcome, problem = Mailing.REFUSED, str(refusal)
        except NotNow:
            _note(digest, recipient, Mailing.WAITING)
            change_schedule(digest, lambda schedule: replace(schedule, held_until=0))
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
