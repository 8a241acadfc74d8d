"""The flags of a program, by status and by when they were raised: an index, which may lag by a moment."""

from collections.abc import Iterable
from typing import Any

from redflag.core.flags import Flag, FlagStatus
from redflag.core.instants import Instant
from redflag.store.database import Database
from redflag.store.flags import from_item, position
from redflag.store.ids import encode_instant

_PAGES_READ = 5
"""How many pages of the index, of up to 1 MB each, one look at a status reads."""


def queue(
    database: Database,
    program_id: str,
    statuses: Iterable[FlagStatus],
    *,
    after: str | None,
    start: Instant | None,
    end: Instant | None,
    filters: dict[str, str],
    limit: int,
    newest_first: bool = False,
) -> tuple[list[Flag], str | None]:
    """Flags by when they were raised, and where the next page starts.

    `after` is a position as this function answers it; `filters` are exact values of `rule` and
    `location_id`. New flags never move the ones before them. A page may hold fewer than `limit`, even
    none, and still not be the last. Statuses come in the order in which a flag may go through them: one
    that changes while they are read is then found where it was or where it is.
    """
    low, high = _range(after, start, end, newest_first=newest_first)
    found: dict[str, Flag] = {}
    looked: list[str] = []
    # DynamoDB refuses a range that ends before it begins.
    for status in statuses if low <= high else ():
        flags, unseen = _of_status(
            database,
            f"{program_id}#{status}",
            (low, high),
            filters,
            limit=limit + 1,
            newest_first=newest_first,
        )
        found |= {flag.flag_id: flag for flag in flags}
        looked += [unseen] if unseen else []
    ordered = sorted(found.values(), key=position, reverse=newest_first)
    if not looked:
        page = ordered[:limit]
        return page, position(page[-1]) if len(ordered) > limit else None
    # Beyond this position, the flags of at least one status were not read.
    horizon = max(looked) if newest_first else min(looked)
    known = [f for f in ordered if (position(f) >= horizon if newest_first else position(f) <= horizon)]
    page = known[:limit]
    return page, position(page[-1]) if len(known) > limit else horizon


def _range(
    after: str | None, start: Instant | None, end: Instant | None, *, newest_first: bool
) -> tuple[str, str]:
    """The least and the greatest position to look at."""
    low = encode_instant(start or 0)
    high = encode_instant(end) if end is not None else "~"
    if after and newest_first:
        # No character of a position is greater than ~, so none lies between this text and `after`.
        return low, min(high, f"{after[:-1]}{chr(ord(after[-1]) - 1)}~")
    return max(low, f"{after}\0") if after else low, high


def everything(database: Database, program_id: str) -> list[Flag]:
    """All flags of a program, by status. One that changes meanwhile is listed once, with its later status."""
    found: dict[str, Flag] = {}
    for status in FlagStatus:
        after: str | None = "0"
        while after:
            flags, after = _of_status(
                database, f"{program_id}#{status}", (after, "~"), {}, limit=None, newest_first=False
            )
            found |= {flag.flag_id: flag for flag in flags}
    return list(found.values())


def waiting(database: Database, program_id: str, most: int) -> tuple[list[Instant], bool]:
    """When Redflag learned of each open flag, the oldest flags first, and whether these are all.

    Up to `most` are read, perhaps a few more.
    """
    request: dict[str, Any] = {
        "TableName": database.tables.members,
        "IndexName": "by_status",
        "KeyConditionExpression": "qpk = :qpk",
        "ProjectionExpression": "raised_at, recorded_at",
        "ExpressionAttributeValues": {":qpk": {"S": f"{program_id}#{FlagStatus.OPEN}"}},
    }
    learned: list[Instant] = []
    while True:
        items, after = database.query(**request)
        learned += [item.get("recorded_at", item["raised_at"]) for item in items]
        if after is None or len(learned) >= most:
            return learned, after is None
        request["ExclusiveStartKey"] = after


def _of_status(
    database: Database,
    partition: str,
    between: tuple[str, str],
    filters: dict[str, str],
    *,
    limit: int | None,
    newest_first: bool,
) -> tuple[list[Flag], str | None]:
    """Flags of a status, and the position beyond which there may be others that were not read."""
    request: dict[str, Any] = {
        "TableName": database.tables.members,
        "IndexName": "by_status",
        "KeyConditionExpression": "qpk = :qpk AND qsk BETWEEN :low AND :high",
        "ExpressionAttributeValues": {
            ":qpk": {"S": partition},
            ":low": {"S": between[0]},
            ":high": {"S": between[1]},
        },
        "ScanIndexForward": not newest_first,
    }
    if filters:
        request["FilterExpression"] = " AND ".join(f"#{name} = :{name}" for name in filters)
        request["ExpressionAttributeNames"] = {f"#{name}": name for name in filters}
        request["ExpressionAttributeValues"] |= {f":{k}": {"S": v} for k, v in filters.items()}
    elif limit is not None:
        request["Limit"] = limit
    flags: list[Flag] = []
    for _ in range(_PAGES_READ):
        items, after = database.query(**request)
        flags += [from_item(item) for item in items]
        if after is None or (limit is not None and len(flags) >= limit):
            return flags[:limit], None
        request["ExclusiveStartKey"] = after
    return flags, str(request["ExclusiveStartKey"]["qsk"]["S"])


def count(database: Database, program_id: str, status: FlagStatus) -> int:
    """How many flags of a program have a status; it may be a moment old."""
    found = 0
    request: dict[str, Any] = {
        "TableName": database.tables.members,
        "IndexName": "by_status",
        "KeyConditionExpression": "qpk = :qpk",
        "ExpressionAttributeValues": {":qpk": {"S": f"{program_id}#{status}"}},
        "Select": "COUNT",
    }
    while True:
        answer = database.client.query(**request)
        found += answer["Count"]
        if "LastEvaluatedKey" not in answer:
            return found
        request["ExclusiveStartKey"] = answer["LastEvaluatedKey"]
