"""The history: one item an attempt, accepted or refused, until its time to live has passed.

The projector writes it from the members' stream, under keys that follow from the attempt, so that
writing twice is harmless. Decisions read it only for late events. DynamoDB deletes expired items
days late, so readers compare `expires_at` with now.
"""

from dataclasses import dataclass
from typing import Any

from redflag.core.decide import Older, Outcome
from redflag.core.instants import DAY, SECOND, Instant
from redflag.core.model import CheckIn
from redflag.store.database import Database, Write, put
from redflag.store.ids import decode_instant, encode_instant
from redflag.store.register import Details, Slot


@dataclass(frozen=True)
class PastAttempt:
    """An attempt as the history shows it."""

    check_in_id: str
    location_id: str
    at: Instant
    outcome: Outcome
    device_id: str | None


def past_attempt(
    database: Database,
    member_key: str,
    slot: Slot,
    details: Details | None,
    *,
    now: Instant,
    days: int,
    counts: bool = True,
) -> Write:
    """One attempt of the history, kept for so many days from now; late ones may count in no rule."""
    mine = details if details and details.fingerprint == slot.fingerprint else None
    position = mine.position if mine else None
    return put(
        "history",
        database.tables.history,
        {
            "pk": member_key,
            "sk": slot.check_in_id[2:],
            "outcome": slot.outcome.value,
            "until": slot.until,
            "uncounted": None if counts else True,
            "location_id": slot.location_id,
            "digest": slot.digest,
            "device_id": mine.device_id if mine else None,
            "position": f"{position.lat:.5f},{position.lon:.5f}" if position else None,
            "expires_at": (now + days * DAY) // SECOND,
        },
    )


def find(database: Database, member_key: str, check_in_id: str) -> Slot | None:
    """The attempt with this id."""
    item = database.get(database.tables.history, {"pk": member_key, "sk": check_in_id[2:]}, consistent=True)
    if item is None:
        return None
    return Slot(
        at=decode_instant(check_in_id[2:11]),
        fingerprint=check_in_id[11:],
        digest=item["digest"],
        location_id=item["location_id"],
        outcome=Outcome(item["outcome"]),
        until=item.get("until"),
    )


def accepted_between(database: Database, member_key: str, wanted: Older, *, now: Instant) -> list[CheckIn]:
    """The accepted check-ins that a late event needs, newest first."""
    kept = "outcome = :accepted AND expires_at > :now"
    if wanted.counted:
        kept += " AND attribute_not_exists(uncounted)"
    items, _ = database.query(
        TableName=database.tables.history,
        KeyConditionExpression="pk = :pk AND sk BETWEEN :start AND :end",
        FilterExpression=kept,
        ExpressionAttributeValues={
            ":pk": {"S": member_key},
            ":start": {"S": encode_instant(wanted.start + 1)},
            ":end": {"S": encode_instant(wanted.end)},
            ":accepted": {"S": Outcome.ACCEPTED.value},
            ":now": {"N": str(now // SECOND)},
        },
        ScanIndexForward=False,
        ConsistentRead=True,
    )
    found = [CheckIn(a.check_in_id, a.location_id, a.at, a.device_id) for a in map(_read, items)]
    return found[: wanted.limit]


def recent(database: Database, member_key: str, *, now: Instant, limit: int) -> list[PastAttempt]:
    """The newest attempts of a member, newest first."""
    items, _ = database.query(
        TableName=database.tables.history,
        KeyConditionExpression="pk = :pk",
        FilterExpression="expires_at > :now",
        ExpressionAttributeValues={":pk": {"S": member_key}, ":now": {"N": str(now // SECOND)}},
        ScanIndexForward=False,
        Limit=limit,
    )
    return [_read(item) for item in items]


def everything(database: Database, member_key: str, *, now: Instant) -> list[PastAttempt]:
    """All attempts of a member that are still kept, newest first."""
    found: list[PastAttempt] = []
    request: dict[str, Any] = {
        "TableName": database.tables.history,
        "KeyConditionExpression": "pk = :pk",
        "FilterExpression": "expires_at > :now",
        "ExpressionAttributeValues": {":pk": {"S": member_key}, ":now": {"N": str(now // SECOND)}},
        "ScanIndexForward": False,
    }
    while True:
        items, after = database.query(**request)
        found += [_read(item) for item in items]
        if after is None:
            return found
        request["ExclusiveStartKey"] = after


def _read(item: dict[str, Any]) -> PastAttempt:
    return PastAttempt(
        check_in_id=f"c_{item['sk']}",
        location_id=item["location_id"],
        at=decode_instant(item["sk"][:9]),
        outcome=Outcome(item["outcome"]),
        device_id=item.get("device_id"),
    )
