"""Who gets a program's mails: the recipients in its settings, without those with a suppression.

A recipient whose mail bounced permanently, who complained of it as spam, or who unsubscribed is suppressed
until an owner reinstates them. SES's events report the first two, and every mail that SES has accepted.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from redflag import wiring
from redflag.core.instants import Instant
from redflag.service import links, signing
from redflag.service.findings import SYSTEM
from redflag.service.refusals import invalid
from redflag.store import audit, digests, programs, schedules, suppressions
from redflag.store.audit import Entry
from redflag.store.database import ConditionFailed, Conflict, retry_on_conflict
from redflag.store.digests import Mailing
from redflag.store.suppressions import Suppression, SuppressionReason, fold

_PURPOSE = "unsubscribe"
_DETAIL_LENGTH = 500


@dataclass(frozen=True)
class Recipient:
    """A recipient, and their suppression, if they have one."""

    email: str
    suppression: Suppression | None


def of_program(program_id: str, addresses: Sequence[str]) -> list[Recipient]:
    """Recipients with their suppressions; an address that is listed twice is one recipient."""
    found = suppressions.of_program(wiring.database(), program_id)
    once = {fold(address): address for address in reversed(addresses)}
    return [Recipient(address, found.get(folded)) for folded, address in reversed(once.items())]


def deliverable(program_id: str, addresses: Sequence[str]) -> list[str]:
    """The addresses that are not suppressed."""
    return [each.email for each in of_program(program_id, addresses) if each.suppression is None]


def unsubscribe_url(program_id: str, email: str) -> str:
    """A recipient's own unsubscribe link. It names nobody, and works for that recipient only."""
    return links.unsubscribe_url(wiring.api_url(), program_id, _token(program_id, email))


def whose(program_id: str, token: str) -> str | None:
    """The recipient whose link has this token."""
    effective = programs.get_settings(wiring.database(), program_id, consistent=True)
    addresses = effective.settings.notifications.recipients
    return next((a for a in addresses if signing.matches(_token(program_id, a), token)), None)


def _token(program_id: str, email: str) -> str:
    return signing.token(_PURPOSE, program_id, fold(email))


def suppress(program_id: str, suppression: Suppression, *, by: str = SYSTEM) -> None:
    """Suppress a recipient: they get no more mail. Doing it again changes nothing."""

    def attempt(conflict: Conflict | None) -> None:
        if conflict is not None and "recipient" in conflict.failed:
            return
        database = wiring.database()
        entry = Entry(
            "stop_mailing", suppression.since, by, masked(suppression.email), reason=suppression.reason
        )
        database.commit(
            [suppressions.save(database, program_id, suppression), audit.append(database, program_id, entry)]
        )

    retry_on_conflict(attempt)


def reinstate(program_id: str, email: str, *, by: str, reason: str, now: Instant) -> None:
    """Lift the suppression of a recipient. Raises `Refusal` when there is none."""

    def attempt(conflict: Conflict | None) -> None:
        if conflict is not None and "recipient" in conflict.failed:
            raise invalid(("email", "This recipient is not suppressed: mails are sent to them."))
        database = wiring.database()
        effective = programs.get_settings(database, program_id, consistent=True)
        entry = Entry("reinstate_recipient", now, by, masked(email), reason=reason)
        database.commit(
            [
                suppressions.remove(database, program_id, email),
                schedules.reschedule(
                    wiring.database(), program_id, effective.settings.notifications, now=now
                ),
                audit.append(database, program_id, entry),
            ]
        )

    retry_on_conflict(attempt)


def masked(email: str) -> str:
    """An address as the audit log names it: recognizable to those who know the address."""
    name, _, domain = email.rpartition("@")
    return f"{name[:1]}…@{domain}"


def follow(event: Mapping[str, Any], *, now: Instant) -> None:
    """Handle one of SES's events about a mail of ours."""
    mail, kind = event["mail"], event["eventType"]
    tags = mail.get("tags", {})
    if "program" not in tags:
        return
    (program_id,) = tags["program"]
    if kind == "Send" and "digest" in tags:
        _taken(program_id, tags["digest"][0], mail["destination"])
    elif kind == "Bounce" and event["bounce"]["bounceType"] == "Permanent":
        for each in event["bounce"]["bouncedRecipients"]:
            detail = each.get("diagnosticCode", "")[:_DETAIL_LENGTH] or None
            suppress(program_id, Suppression(each["emailAddress"], SuppressionReason.BOUNCED, now, detail))
    elif kind == "Complaint":
        for each in event["complaint"]["complainedRecipients"]:
            suppress(program_id, Suppression(each["emailAddress"], SuppressionReason.COMPLAINED, now))


def _taken(program_id: str, digest_id: str, destination: Sequence[str]) -> None:
    """Note that SES has accepted a digest's mail, so that nobody who takes the digest over resends it."""
    database = wiring.database()
    for email in destination:
        try:
            taken = digests.note(
                database,
                program_id,
                digest_id,
                recipient=email,
                mailing=Mailing.SENT,
                known=Mailing.SENDING,
            )
            database.commit([taken])
        except ConditionFailed:
            continue
