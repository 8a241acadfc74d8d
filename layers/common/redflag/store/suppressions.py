"""Suppressions: recipients of notifications who get no mail. It bounced, or they complained or unsubscribed.

Who the recipients are stands in the settings; here stands only why one of them gets no mail.
"""

from dataclasses import dataclass
from enum import StrEnum

from redflag.core.instants import Instant
from redflag.store.database import Database, Write, put, typed

_PREFIX = "RECIPIENT#"


class SuppressionReason(StrEnum):
    """SuppressionReason a recipient is not mailed."""

    BOUNCED = "bounced"
    COMPLAINED = "complained"
    UNSUBSCRIBED = "unsubscribed"


@dataclass(frozen=True)
class Suppression:
    """That a recipient gets no mail, for what reason, since when; `detail` is what their mail server said."""

    email: str
    reason: SuppressionReason
    since: Instant
    detail: str | None = None


def of_program(database: Database, program_id: str) -> dict[str, Suppression]:
    """The suppressions of a program, by folded address."""
    items, _ = database.query(
        TableName=database.tables.notifications,
        KeyConditionExpression="pk = :pk AND begins_with(sk, :prefix)",
        ExpressionAttributeValues={":pk": {"S": program_id}, ":prefix": {"S": _PREFIX}},
        ConsistentRead=True,
    )
    found = [Suppression(i["email"], SuppressionReason(i["why"]), i["since"], i.get("detail")) for i in items]
    return {fold(each.email): each for each in found}


def save(database: Database, program_id: str, suppression: Suppression) -> Write:
    """Suppress a recipient; its condition fails when they are suppressed already."""
    return put(
        "recipient",
        database.tables.notifications,
        {
            **_key(program_id, suppression.email),
            "email": suppression.email,
            "why": suppression.reason.value,
            "since": suppression.since,
            "detail": suppression.detail,
        },
        "attribute_not_exists(pk)",
    )


def remove(database: Database, program_id: str, email: str) -> Write:
    """Lift a suppression; its condition fails when there is none."""
    return Write(
        "recipient",
        "Delete",
        {
            "TableName": database.tables.notifications,
            "Key": typed(_key(program_id, email)),
            "ConditionExpression": "attribute_exists(pk)",
        },
    )


def fold(email: str) -> str:
    """Addresses that differ in case alone are one, as mail servers see it."""
    return email.casefold()


def _key(program_id: str, email: str) -> dict[str, str]:
    return {"pk": program_id, "sk": _PREFIX + fold(email)}
