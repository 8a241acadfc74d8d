"""Flags in the members table, in their member's partition, indexed by program, status and time."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from redflag.core.flags import Flag, FlagStatus, own_flags
from redflag.core.instants import SECOND, Instant
from redflag.core.model import Finding, RuleName
from redflag.store.database import Database, Write, put
from redflag.store.ids import MEMBER_LENGTH, encode_instant

LABEL = "flag"
_PREFIX = "F#"
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


def member_of(flag_id: str) -> str:
    """Whose flag it is: the id says so."""
    return f"m_{flag_id[2 : 2 + MEMBER_LENGTH]}"


def of_member(database: Database, program_id: str, member_id: str) -> list[Flag]:
    """All flags of a member, as their ids are ordered."""
    items = _of_partition(database, f"{program_id}#{member_id}", _PREFIX + own_flags(member_id))
    return [from_item(item) for item in items]


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
) -> tuple[list[Flag], str | None]:
    """Flags by when they were raised, oldest first, and where the next page starts.

    `after` is a position as this function answers it; `filters` are exact values of `rule` and
    `location_id`. New flags never move the ones before them.
    """
    low = after + "\0" if after else encode_instant(start or 0)
    high = encode_instant(end) if end is not None else "~"
    found: list[Flag] = []
    # DynamoDB refuses a range that ends before it begins.
    for status in statuses if low <= high else ():
        found += _of_status(database, f"{program_id}#{status}", (low, high), filters, limit=limit + 1)
    found.sort(key=_position)
    page = found[:limit]
    return page, _position(page[-1]) if len(found) > limit else None


def _of_status(
    database: Database, partition: str, between: tuple[str, str], filters: dict[str, str], *, limit: int
) -> list[Flag]:
    request: dict[str, Any] = {
        "TableName": database.tables.members,
        "IndexName": "by_status",
        "KeyConditionExpression": "qpk = :qpk AND qsk BETWEEN :low AND :high",
        "ExpressionAttributeValues": {
            ":qpk": {"S": partition},
            ":low": {"S": between[0]},
            ":high": {"S": between[1]},
        },
    }
    if filters:
        request["FilterExpression"] = " AND ".join(f"#{name} = :{name}" for name in filters)
        request["ExpressionAttributeNames"] = {f"#{name}": name for name in filters}
        request["ExpressionAttributeValues"] |= {f":{k}": {"S": v} for k, v in filters.items()}
    flags: list[Flag] = []
    while True:
        items, after = database.query(**request)
        flags += [from_item(item) for item in items]
        if after is None or len(flags) >= limit:
            return flags[:limit]
        request["ExclusiveStartKey"] = after


def _position(flag: Flag) -> str:
    return f"{encode_instant(flag.raised_at)}#{flag.flag_id}"


def from_item(item: dict[str, Any]) -> Flag:
    """The flag of its item."""
    return Flag(
        **{name: item.get(name) for name in _PLAIN_FIELDS},  # type: ignore[arg-type]  # as written
        rule=RuleName(item["rule"]),
        status=FlagStatus(item["state"]),
        occurrences=tuple(json.loads(item["occurrences"])),
    )
