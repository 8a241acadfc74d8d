"""How many flags were raised: by day, location, rule and current status.

A tally is the item of a day and location: a number for each rule and status, such as `vi_open`; its
version `v` is one more with every change. A marker says what one flag is counted as. Both change in one
transaction, under the condition that the marker is still as it was read. So a flag is counted once,
however often it is processed. All of a program's counts are one partition of the history table, and
never expire.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from redflag.core.counted import Counted, Numbers
from redflag.core.flags import FlagStatus
from redflag.core.model import code_of
from redflag.core.rules import BY_CODE, RULES
from redflag.store.database import Database, Item, Write, put, typed

LABEL = "counted"
_DAY_PREFIX = "D#"
_MARKER_PREFIX = "F#"
_NOWHERE = "-"

type Key = tuple[date, str | None]
"""A day and a location."""


@dataclass(frozen=True)
class Tally:
    """The item of a day and location, in the version that was read; 0 while there is none."""

    key: Key
    version: int
    numbers: Numbers


@dataclass(frozen=True)
class Page:
    """Tallies, and where the next ones start."""

    tallies: list[Tally]
    after: Item | None


def marker(database: Database, program_id: str, flag_id: str) -> Counted | None:
    """What a flag is counted as, by its marker."""
    key = _key(program_id, _MARKER_PREFIX + flag_id)
    item = database.get(database.tables.history, key, consistent=True)
    return _read_marker(item) if item else None


def move(
    database: Database, program_id: str, flag_id: str, before: Counted | None, after: Counted | None
) -> list[Write]:
    """Count a flag as something else, or no longer. A condition fails when its marker has changed."""
    changes: Numbers = Counter()
    if before is not None:
        changes[before] -= 1
    if after is not None:
        changes[after] += 1
    by_item: dict[Key, Numbers] = defaultdict(Counter)
    for each, change in changes.items():
        by_item[each.day, each.location_id][each] = change
    adjusted = [_add(database, program_id, key, numbers) for key, numbers in by_item.items()]
    return [_mark(database, program_id, flag_id, before, after), *adjusted]


def _mark(
    database: Database, program_id: str, flag_id: str, before: Counted | None, after: Counted | None
) -> Write:
    table, key = database.tables.history, _key(program_id, _MARKER_PREFIX + flag_id)
    if after is None:
        request = {"TableName": table, "Key": typed(key)}
        condition: dict[str, Any] = {
            "ConditionExpression": "counted = :before",
            "ExpressionAttributeValues": typed({":before": _text(before)}),
        }
        return Write(LABEL, "Delete", request | condition)
    item = key | {"counted": _text(after)}
    if before is None:
        return put(LABEL, table, item, "attribute_not_exists(pk)")
    return put(LABEL, table, item, "counted = :before", before=_text(before))


def _add(database: Database, program_id: str, key: Key, changes: Mapping[Counted, int]) -> Write:
    values = {f":{_attribute(each)}": change for each, change in changes.items()}
    adds = ", ".join(f"{name[1:]} {name}" for name in values)
    request = {
        "TableName": database.tables.history,
        "Key": typed(_key(program_id, _sort_key(key))),
        "UpdateExpression": f"ADD v :one, {adds}",
        "ExpressionAttributeValues": typed(values | {":one": 1}),
    }
    return Write("tally", "Update", request)


def correct(database: Database, program_id: str, tally: Tally, numbers: Numbers) -> Write:
    """Replace the numbers of a tally as it was read. The condition fails when the tally has changed since."""
    right = dict.fromkeys(tally.numbers, 0) | dict(numbers)
    values = {f":{_attribute(each)}": number for each, number in right.items()}
    sets = ", ".join(f"{name[1:]} = {name}" for name in values)
    condition = "v = :v" if tally.version else "attribute_not_exists(v)"
    if tally.version:
        values[":v"] = tally.version
    request = {
        "TableName": database.tables.history,
        "Key": typed(_key(program_id, _sort_key(tally.key))),
        "UpdateExpression": f"SET {sets} ADD v :one",
        "ConditionExpression": condition,
        "ExpressionAttributeValues": typed(values | {":one": 1}),
    }
    return Write("tally", "Update", request)


def page_of_days(database: Database, program_id: str, first: date, last: date, *, after: Item | None) -> Page:
    """Up to 1 MB of the tallies of a span of days, both included; they may be a moment old."""
    request: dict[str, Any] = {
        "TableName": database.tables.history,
        "KeyConditionExpression": "pk = :pk AND sk BETWEEN :low AND :high",
        "ExpressionAttributeValues": {
            ":pk": {"S": _partition(program_id)},
            ":low": {"S": f"{_DAY_PREFIX}{first}"},
            ":high": {"S": f"{_DAY_PREFIX}{last}#~"},
        },
    }
    if after is not None:
        request["ExclusiveStartKey"] = after
    items, more = database.query(**request)
    return Page([_read_tally(item) for item in items], more)


def tallies(database: Database, program_id: str) -> dict[Key, Tally]:
    """All tallies of a program, as they are now."""
    found = map(_read_tally, _all(database, program_id, _DAY_PREFIX))
    return {tally.key: tally for tally in found}


def markers(database: Database, program_id: str) -> dict[str, Counted]:
    """What each flag of a program is counted as, as it is now."""
    found = _all(database, program_id, _MARKER_PREFIX)
    return {item["sk"].removeprefix(_MARKER_PREFIX): _read_marker(item) for item in found}


def _all(database: Database, program_id: str, prefix: str) -> Iterator[dict[str, Any]]:
    return database.items(
        TableName=database.tables.history,
        KeyConditionExpression="pk = :pk AND begins_with(sk, :prefix)",
        ExpressionAttributeValues={":pk": {"S": _partition(program_id)}, ":prefix": {"S": prefix}},
        ConsistentRead=True,
    )


def _partition(program_id: str) -> str:
    return f"{program_id}#counts"


def _key(program_id: str, sort_key: str) -> dict[str, str]:
    return {"pk": _partition(program_id), "sk": sort_key}


def _sort_key(key: Key) -> str:
    day, location_id = key
    return f"{_DAY_PREFIX}{day}#{location_id or _NOWHERE}"


def _attribute(counted: Counted) -> str:
    return f"{code_of(counted.rule)}_{counted.status}"


def _text(counted: Counted | None) -> str | None:
    if counted is None:
        return None
    place = counted.location_id or _NOWHERE
    return f"{counted.day}#{code_of(counted.rule)}#{counted.status}#{place}"


def _read_marker(item: Mapping[str, Any]) -> Counted:
    day, code, status, place = item["counted"].split("#", 3)
    location_id = None if place == _NOWHERE else place
    return Counted(date.fromisoformat(day), location_id, BY_CODE[code], FlagStatus(status))


def _read_tally(item: Mapping[str, Any]) -> Tally:
    _, day_text, place = item["sk"].split("#", 2)
    day, location_id = date.fromisoformat(day_text), None if place == _NOWHERE else place
    numbers: Numbers = Counter()
    for rule in RULES:
        for status in FlagStatus:
            counted = Counted(day, location_id, rule, status)
            if number := item.get(_attribute(counted)):
                numbers[counted] = number
    return Tally((day, location_id), item.get("v", 0), numbers)
