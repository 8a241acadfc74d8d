"""Digests of new flags for a program's staff: each flag once, whatever fails or repeats.

    claim    the flags that wait and the recipients become a digest, and the schedule names it, in one
             transaction; the process that claims holds the schedule for a few minutes
    send     to each recipient: note that it is being sent, hand it to SES, note that it was sent
    confirm  the flags wait no longer; then the schedule releases the digest and has the next due instant

A process may end anywhere. Its message comes again, or the next tick finds the schedule still due. Once
the hold has run out, another process takes the digest over and goes on from there. It cannot know one
thing: whether a mail that was *being sent* has reached SES. SES's own event about the mail has the digest's
id, and notes the mail as sent in the meantime. If no event has come by then, the mail is sent again. So in
that one case one recipient may get one mail twice; no mail is missed.
"""

from redflag import wiring
from redflag.core.instants import Instant
from redflag.service.notifications import content
from redflag.service.notifications.claiming import claim
from redflag.service.notifications.confirming import confirm, give_up
from redflag.service.notifications.pending import call_mailer
from redflag.service.notifications.sending import send
from redflag.store import schedules
from redflag.store.database import retry_on_conflict
from redflag.store.digests import Mailing


def tick(*, now: Instant) -> int:
    """Call the mailer for every program whose digest is due; returns how many those are."""
    called, after = 0, None
    while True:
        due, after = schedules.due(wiring.database(), now, after)
        call_mailer(due)
        called += len(due)
        if after is None:
            return called


def send_due(program_id: str, *, now: Instant) -> None:
    """Send the digests that are due to a program's recipients, until none is due."""
    while True:
        digest = retry_on_conflict(lambda _conflict: claim(program_id, now))
        if digest is None:
            return
        news, problem = content.gather(digest, now=now), None
        if news is not None:
            digest, problem = send(digest, news)
            if Mailing.SENT not in digest.mailings.values():
                give_up(digest, problem, now=now)
                return
        confirm(digest, news, problem, now=now)
