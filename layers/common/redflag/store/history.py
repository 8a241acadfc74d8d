"""The history: one item an attempt, accepted or refused, until its time to live has passed.

The projector writes it from the members' stream, under keys that follow from the attempt, so that
writing twice is harmless. Decisions read it only for late events.

An attempt is kept for so many days from when it was recorded. DynamoDB deletes expired items days
late, and `expires_at` follows from older settings until `service/members/retention.py` has updated it. So
readers show what has not expired and was recorded within the `days` of the effective settings.
"""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice
from typing import Any

from redflag.core.decide import NeededHistory, Outcome
from redflag.core.instants import DAY, SECOND, Instant
from redflag.core.model import CheckIn, Position
from redflag.store.database import ConditionFailed, Database, Write, put, update
from redflag.store.ids import decode_instant, encode_instant
from redflag.store.slots import Details, Slot

_KEPT = "expires_at > :now AND recorded_at > :since"


@dataclass(frozen=True)
class PastAttempt:
    """An attempt as the history shows it."""

    check_in_id: str
    location_id: str
    at: Instant
    outcome: Outcome
    device_id: str | None = None
    position: Position | None = None
    until: Instant | None = None
    counts: bool = True
    recorded_at: Instant = 0


@dataclass(frozen=True)
class Kept:
    """An item of the history: when it was recorded, and when it expires, in seconds since 1970."""

    sort_key: str
    recorded_at: Instant
    expires_at: int


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
            "position": str(position) if position else None,
            "recorded_at": now,
            "expires_at": expiry(now, days),
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


def accepted_between(
    database: Database, member_key: str, needed: NeededHistory, *, now: Instant, days: int
) -> list[CheckIn]:
    """The accepted check-ins that a late event needs, newest first."""
    accepted = "outcome = :accepted"
    if needed.counted:
        accepted += " AND attribute_not_exists(uncounted)"
    request = _newest_first(member_key, now=now, days=days)
    request["KeyConditionExpression"] += " AND sk BETWEEN :start AND :end"
    request["FilterExpression"] += f" AND {accepted}"
    request["ExpressionAttributeValues"] |= {
        ":start": {"S": encode_instant(needed.start + 1)},
        ":end": {"S": encode_instant(needed.end)},
        ":accepted": {"S": Outcome.ACCEPTED.value},
    }
    items, _ = database.query(TableName=database.tables.history, ConsistentRead=True, **request)
    found = [CheckIn(a.check_in_id, a.location_id, a.at, a.device_id) for a in map(_read, items)]
    return found[: needed.limit]


def recent(database: Database, member_key: str, *, now: Instant, days: int, limit: int) -> list[PastAttempt]:
    """The newest attempts of a member, newest first."""
    return list(islice(_attempts(database, member_key, now=now, days=days, page=limit), limit))


def since(
    database: Database, member_key: str, start: Instant, *, now: Instant, days: int, limit: int
) -> list[PastAttempt]:
    """A member's attempts after an instant, newest first, no more than so many. It may lag by a moment."""
    return list(islice(_attempts(database, member_key, now=now, days=days, start=start), limit))


def everything(database: Database, member_key: str, *, now: Instant, days: int) -> list[PastAttempt]:
    """All attempts of a member that are still kept, newest first."""
    return list(_attempts(database, member_key, now=now, days=days))


def _attempts(
    database: Database,
    member_key: str,
    *,
    now: Instant,
    days: int,
    page: int | None = None,
    start: Instant | None = None,
) -> Iterator[PastAttempt]:
    request = _newest_first(member_key, now=now, days=days) | {"TableName": database.tables.history}
    if page is not None:
        request["Limit"] = page
    if start is not None:
        request["KeyConditionExpression"] += " AND sk > :start"
        request["ExpressionAttributeValues"][":start"] = {"S": encode_instant(start + 1)}
    return map(_read, database.items(**request))


def _newest_first(member_key: str, *, now: Instant, days: int) -> dict[str, Any]:
    """A query for what is kept of a member."""
    return {
        "KeyConditionExpression": "pk = :pk",
        "FilterExpression": _KEPT,
        "ExpressionAttributeValues": {
            ":pk": {"S": member_key},
            ":now": {"N": str(now // SECOND)},
            ":since": {"N": str(now - days * DAY)},
        },
        "ScanIndexForward": False,
    }


def expiry(recorded_at: Instant, days: int) -> int:
    """When an attempt expires that is kept for so many days, in seconds since 1970."""
    return (recorded_at + days * DAY) // SECOND


def page(
    database: Database, member_key: str, *, after: str | None, limit: int
) -> tuple[list[Kept], str | None]:
    """Items of a member's history, expired or not, and the sort key after which the next page starts."""
    items, more = database.query(
        TableName=database.tables.history,
        KeyConditionExpression="pk = :pk AND sk > :after",
        # Items written before `recorded_at` existed keep their expiry.
        FilterExpression="attribute_exists(recorded_at)",
        ExpressionAttributeValues={":pk": {"S": member_key}, ":after": {"S": after or " "}},
        ProjectionExpression="sk, recorded_at, expires_at",
        ConsistentRead=True,
        Limit=limit,
    )
    kept = [Kept(item["sk"], item["recorded_at"], item["expires_at"]) for item in items]
    return kept, more["sk"]["S"] if more else None


def keep_until(database: Database, member_key: str, kept: Kept, expires_at: int) -> None:
    """Change when an item expires. An item that was deleted meanwhile stays deleted."""
    key = {"pk": member_key, "sk": kept.sort_key}
    table, there = database.tables.history, "attribute_exists(pk)"
    with suppress(ConditionFailed):
        database.commit([update("history", table, key, "SET expires_at = :expiry", there, expiry=expires_at)])


def _read(item: dict[str, Any]) -> PastAttempt:
    return PastAttempt(
        check_in_id=f"c_{item['sk']}",
        location_id=item["location_id"],
        at=decode_instant(item["sk"][:9]),
        outcome=Outcome(item["outcome"]),
        device_id=item.get("device_id"),
        position=Position(*map(float, item["position"].split(","))) if "position" in item else None,
        until=item.get("until"),
        recorded_at=item["recorded_at"],
        counts=not item.get("uncounted", False),
    )
