"""Suppressions: recipients who get no mail, because it bounced, or they complained or unsubscribed.

The recipients are in the settings. A suppression says only why one of them gets no mail.
"""

from dataclasses import dataclass
from enum import StrEnum

from redflag.core.instants import Instant
from redflag.store.database import Database, Write, put, typed

_PREFIX = "RECIPIENT#"


class SuppressionReason(StrEnum):
    """Why a recipient gets no mail."""

    BOUNCED = "bounced"
    COMPLAINED = "complained"
    UNSUBSCRIBED = "unsubscribed"


@dataclass(frozen=True)
class Suppression:
    """A recipient who gets no mail, why, and since when. `detail` is the answer of their mail server."""

    email: str
    reason: SuppressionReason
    since: Instant
    detail: str | None = None


def of_program(database: Database, program_id: str) -> dict[str, Suppression]:
    """The suppressions of a program, by folded address."""
    items, _ = database.query(
        TableName=database.tables.notices,
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
        database.tables.notices,
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
            "TableName": database.tables.notices,
            "Key": typed(_key(program_id, email)),
            "ConditionExpression": "attribute_exists(pk)",
        },
    )


def fold(email: str) -> str:
    """Addresses that differ in case alone are one, as mail servers see it."""
    return email.casefold()


def _key(program_id: str, email: str) -> dict[str, str]:
    return {"pk": program_id, "sk": _PREFIX + fold(email)}
