"""Recipients of notifications who are not to be mailed: whose mail bounced, or who asked for no more.

Who the recipients are stands in the settings; here stands only why one of them gets no mail.
"""

from dataclasses import dataclass
from enum import StrEnum

from redflag.core.instants import Instant
from redflag.store.database import Database, Write, put, typed

_PREFIX = "RECIPIENT#"


class Why(StrEnum):
    """Why a recipient is not mailed."""

    BOUNCED = "bounced"
    COMPLAINED = "complained"
    UNSUBSCRIBED = "unsubscribed"


@dataclass(frozen=True)
class Mark:
    """That a recipient is not mailed, why, since when; `detail` is what their mail server said."""

    email: str
    why: Why
    since: Instant
    detail: str | None = None


def marked(database: Database, program_id: str) -> dict[str, Mark]:
    """The marks of a program, by folded address."""
    items, _ = database.query(
        TableName=database.tables.notices,
        KeyConditionExpression="pk = :pk AND begins_with(sk, :prefix)",
        ExpressionAttributeValues={":pk": {"S": program_id}, ":prefix": {"S": _PREFIX}},
        ConsistentRead=True,
    )
    marks = [Mark(i["email"], Why(i["why"]), i["since"], i.get("detail")) for i in items]
    return {fold(mark.email): mark for mark in marks}


def save(database: Database, program_id: str, mark: Mark) -> Write:
    """Mark a recipient; its condition fails when they are marked already."""
    return put(
        "recipient",
        database.tables.notices,
        {
            **_key(program_id, mark.email),
            "email": mark.email,
            "why": mark.why.value,
            "since": mark.since,
            "detail": mark.detail,
        },
        "attribute_not_exists(pk)",
    )


def remove(database: Database, program_id: str, email: str) -> Write:
    """Take a mark away; its condition fails when there is none."""
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
