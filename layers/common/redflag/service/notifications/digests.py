"""Digests of new flags for a program's staff: each flag once, whatever fails or repeats.

    claim    the flags that wait and the recipients become a digest, and the schedule names it, in one
             transaction; whoever claims holds the schedule for a few minutes
    send     to each recipient: note that it is being sent, hand it to SES, note that it was sent
    confirm  the flags wait no longer; then the schedule lets go of the digest and names the next instant

A process may end anywhere. Its message comes again, or the next tick finds the schedule still due; once
the hold has run out, another takes the digest over and goes on where it stands. One thing it cannot know:
whether a mail that was *being sent* has reached SES. SES's own event about it, which carries the digest's
id, notes the mail as sent in the meantime; if none has come by then, the mail is sent again. So in that
one case one recipient may get one mail twice; none is lost.
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
    """Have the mailer look at every program whose digest is due; answers how many those are."""
    called, after = 0, None
    while True:
        due, after = schedules.due(wiring.database(), now, after)
        call_mailer(due)
        called += len(due)
        if after is None:
            return called


def send_due(program_id: str, *, now: Instant) -> None:
    """Send what is due to a program's recipients, until nothing more is."""
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
