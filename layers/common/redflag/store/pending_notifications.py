"""Pending notifications: new flags that no digest has listed yet.

| sort key | holds |
|---|---|
| `NEW#flag` | a pending notification: the flag waits for a digest |
| `TOLD#flag` | which digest has listed the flag; kept for longer than a stream repeats its records |

A flag has one of the two items from when the stream first shows it. So it is mailed once, however often
the stream repeats it.
"""

from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Any

from redflag.core.instants import DAY, SECOND, Instant
from redflag.store.database import Database, Write, put, typed

_NEW = "NEW#"
_TOLD = "TOLD#"
_BATCH = 12
"""How many flags one call moves: each is two of the 25 writes that it may have."""

_KEPT_DAYS = 90


def add(database: Database, program_id: str, flag_id: str, *, now: Instant) -> list[Write]:
    """Add a pending notification. A condition fails when the flag waits already, or was in a digest."""
    table = database.tables.notices
    not_notified = {
        "TableName": table,
        "Key": typed({"pk": program_id, "sk": _TOLD + flag_id}),
        "ConditionExpression": "attribute_not_exists(pk)",
    }
    new = {"pk": program_id, "sk": _NEW + flag_id, "expires_at": _expiry(now)}
    return [
        Write("notified", "ConditionCheck", not_notified),
        put("pending", table, new, "attribute_not_exists(pk)"),
    ]


def waiting(database: Database, program_id: str, limit: int) -> list[str]:
    """The ids of flags that wait for a digest, in the order of the ids."""
    items = database.items(
        TableName=database.tables.notices,
        KeyConditionExpression="pk = :pk AND begins_with(sk, :new)",
        ExpressionAttributeValues={":pk": {"S": program_id}, ":new": {"S": _NEW}},
        ConsistentRead=True,
    )
    return [item["sk"].removeprefix(_NEW) for item in islice(items, limit)]


def mark_notified(
    database: Database, program_id: str, flag_ids: Sequence[str], digest_id: str, *, now: Instant
) -> None:
    """Record that a digest has listed flags. Doing it again changes nothing."""
    for start in range(0, len(flag_ids), _BATCH):
        _move(database, program_id, flag_ids[start : start + _BATCH], digest_id, now=now)


def _move(
    database: Database, program_id: str, flag_ids: Iterable[str], digest_id: str, *, now: Instant
) -> None:
    requests: list[dict[str, Any]] = []
    for flag_id in flag_ids:
        known = {"pk": program_id, "sk": _TOLD + flag_id, "digest_id": digest_id, "expires_at": _expiry(now)}
        gone = {"pk": program_id, "sk": _NEW + flag_id}
        requests += [{"PutRequest": {"Item": typed(known)}}, {"DeleteRequest": {"Key": typed(gone)}}]
    left: Any = {database.tables.notices: requests}
    while left:
        left = database.client.batch_write_item(RequestItems=left)["UnprocessedItems"]


def _expiry(now: Instant) -> int:
    return (now + _KEPT_DAYS * DAY) // SECOND
