"""Flags in the members table, in their member's partition, indexed by program, status and time."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from redflag.core.flags import Flag, FlagStatus, own_flags
from redflag.core.instants import SECOND, Instant
from redflag.core.model import Finding, RuleName, code_of
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
    """What a rule in shadow mode has found. It raises no flag, and nobody is notified."""

    rule: RuleName
    at: Instant
    sentence: str
    value: int
    limit: int


def save(database: Database, program_id: str, flag: Flag, known: Flag | None) -> Write:
    """Write a flag over the one that was read, or a new one where there is none yet."""
    item = {name: getattr(flag, name) for name in _PLAIN_FIELDS} | {
        "pk": f"{program_id}#{flag.member_id}",
        "sk": _PREFIX + flag.flag_id,
        "rule": flag.rule,
        "state": flag.status.value,
        "occurrences": json.dumps([dict(o) for o in flag.occurrences]),
        "qpk": f"{program_id}#{flag.status.value}",
        "qsk": position(flag),
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
            "rule": finding.rule,
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


def position(flag: Flag) -> str:
    """A flag's position in the queue."""
    return f"{encode_instant(flag.raised_at)}#{flag.flag_id}"


def id_of(sort_key: str) -> str | None:
    """The flag id of an item of the members table, by its sort key; `None` for other items."""
    return sort_key.removeprefix(_PREFIX) if sort_key.startswith(_PREFIX) else None


def member_of(flag_id: str) -> str:
    """The member of a flag, whose id is part of the flag's."""
    return f"m_{flag_id[2 : 2 + MEMBER_LENGTH]}"


def batch(database: Database, program_id: str, flag_ids: Iterable[str]) -> list[Flag]:
    """The flags with these ids, as they are now; those that are gone are left out."""
    keys = [{"pk": f"{program_id}#{member_of(each)}", "sk": _PREFIX + each} for each in flag_ids]
    return [from_item(item) for item in database.batch(database.tables.members, keys, consistent=True)]


def of_member(
    database: Database, program_id: str, member_id: str, rule: RuleName | None = None
) -> list[Flag]:
    """All flags of a member, or those by a rule, as their ids are ordered."""
    prefix = _PREFIX + own_flags(member_id) + (code_of(rule) if rule else "")
    return [from_item(item) for item in _of_partition(database, f"{program_id}#{member_id}", prefix)]


def _of_partition(database: Database, partition: str, prefix: str) -> Iterator[dict[str, Any]]:
    return database.items(
        TableName=database.tables.members,
        KeyConditionExpression="pk = :pk AND begins_with(sk, :prefix)",
        ExpressionAttributeValues={":pk": {"S": partition}, ":prefix": {"S": prefix}},
        ConsistentRead=True,
    )


def from_item(item: dict[str, Any]) -> Flag:
    """The flag of its item."""
    return Flag(
        **{name: item.get(name) for name in _PLAIN_FIELDS},  # type: ignore[arg-type]  # as written
        rule=RuleName(item["rule"]),
        status=FlagStatus(item["state"]),
        occurrences=tuple(json.loads(item["occurrences"])),
    )
