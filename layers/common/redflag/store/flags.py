"""Flags in the members table, in their member's partition, indexed by program, status and time."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from redflag.core.flags import Flag, FlagStatus, own_flags
from redflag.core.instants import SECOND, Instant
from redflag.core.model import Finding, RuleName
from redflag.store import people
from redflag.store.database import Database, Write, put
from redflag.store.ids import MEMBER_LENGTH, encode_instant

LABEL = "flag"
_PREFIX = "F#"
_PAGES_READ = 5
"""How many pages of an index, of up to 1 MB each, one look at a status reads."""

_SHADOW_PREFIX = "S#"
_PLAIN_FIELDS = (
    "flag_id",
    "member_id",
    "raised_at",
    "last_triggered_at",
    "count",
    "location_id",
    "sentence",
    "value",
    "limit",
    "settings_version",
    "recorded_at",
    "decided_at",
    "decided_by",
    "reason",
)


@dataclass(frozen=True)
class ShadowFinding:
    """What a rule in shadow mode has found: nothing that anybody was told of."""

    rule: RuleName
    at: Instant
    sentence: str
    value: int
    limit: int


def save(database: Database, program_id: str, flag: Flag, known: Flag | None) -> Write:
    """Write a flag in place of the one that was read; a new one only where none stands."""
    item = {name: getattr(flag, name) for name in _PLAIN_FIELDS} | {
        "pk": f"{program_id}#{flag.member_id}",
        "sk": _PREFIX + flag.flag_id,
        "rule": flag.rule.value,
        "state": flag.status.value,
        "occurrences": json.dumps([dict(o) for o in flag.occurrences]),
        "qpk": f"{program_id}#{flag.status.value}",
        "qsk": f"{encode_instant(flag.raised_at)}#{flag.flag_id}",
    }
    table = database.tables.members
    if known is None:
        return put(LABEL, table, item, "attribute_not_exists(pk)")
    write = put(
        LABEL, table, item, "#s = :state AND #c = :count", state=known.status.value, count=known.count
    )
    write.request["ExpressionAttributeNames"] = {"#s": "state", "#c": "count"}
    return write


def record_shadow(
    database: Database, program_id: str, member_id: str, finding: Finding, expires_at: int
) -> Write:
    """Keep what a rule in shadow mode has found; it raises nothing."""
    return put(
        "shadow",
        database.tables.members,
        {
            "pk": f"{program_id}#{member_id}",
            "sk": f"{_SHADOW_PREFIX}{finding.rule}#{finding.trigger_id}",
            "rule": finding.rule.value,
            "at": finding.at,
            "sentence": finding.sentence,
            "value": finding.value,
            "limit": finding.limit,
            "expires_at": expires_at,
        },
    )


def shadow_findings(
    database: Database, program_id: str, member_id: str, *, now: Instant
) -> list[ShadowFinding]:
    """What rules in shadow mode have found about a member and is still kept, by rule and time."""
    items = _of_partition(database, f"{program_id}#{member_id}", _SHADOW_PREFIX)
    return [
        ShadowFinding(RuleName(item["rule"]), item["at"], item["sentence"], item["value"], item["limit"])
        for item in items
        if item["expires_at"] > now // SECOND
    ]


def get(database: Database, program_id: str, flag_id: str) -> Flag | None:
    """The flag with this id."""
    member_id = member_of(flag_id)
    item = database.get(
        database.tables.members,
        {"pk": f"{program_id}#{member_id}", "sk": _PREFIX + flag_id},
        consistent=True,
    )
    return from_item(item) if item else None


def id_of(sort_key: str) -> str | None:
    """The flag that an item of the members table is, by its sort key; `None` for anything else."""
    return sort_key.removeprefix(_PREFIX) if sort_key.startswith(_PREFIX) else None


def member_of(flag_id: str) -> str:
    """Whose flag it is: the id says so."""
    return f"m_{flag_id[2 : 2 + MEMBER_LENGTH]}"


def batch(database: Database, program_id: str, flag_ids: Iterable[str]) -> list[Flag]:
    """The flags with these ids, as they are now; those that are gone are left out."""
    keys = [{"pk": f"{program_id}#{member_of(each)}", "sk": _PREFIX + each} for each in flag_ids]
    return [
        from_item(item)
        for start in range(0, len(keys), people.BATCH)
        for item in people.batch(database, keys[start : start + people.BATCH])
    ]


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


def of_member(
    database: Database, program_id: str, member_id: str, rule: RuleName | None = None
) -> list[Flag]:
    """All flags of a member, or those by a rule, as their ids are ordered."""
    prefix = _PREFIX + own_flags(member_id) + (rule.code if rule else "")
    return [from_item(item) for item in _of_partition(database, f"{program_id}#{member_id}", prefix)]


def _of_partition(database: Database, partition: str, prefix: str) -> Iterator[dict[str, Any]]:
    request: dict[str, Any] = {
        "TableName": database.tables.members,
        "KeyConditionExpression": "pk = :pk AND begins_with(sk, :prefix)",
        "ExpressionAttributeValues": {":pk": {"S": partition}, ":prefix": {"S": prefix}},
        "ConsistentRead": True,
    }
    while True:
        items, after = database.query(**request)
        yield from items
        if after is None:
            return
        request["ExclusiveStartKey"] = after


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
    # Of one status nothing is known beyond this.
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
    """All flags of a program, by status; one that changes meanwhile is there once, as it is later."""
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

    Up to `most` are read, a few more perhaps.
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
    """Flags of a status, and the position beyond which others may be that were not looked at."""
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


def position(flag: Flag) -> str:
    """Where a flag stands in the queue."""
    return f"{encode_instant(flag.raised_at)}#{flag.flag_id}"


def from_item(item: dict[str, Any]) -> Flag:
    """The flag of its item."""
    return Flag(
        **{name: item.get(name) for name in _PLAIN_FIELDS},  # type: ignore[arg-type]  # as written
        rule=RuleName(item["rule"]),
        status=FlagStatus(item["state"]),
        occurrences=tuple(json.loads(item["occurrences"])),
    )
