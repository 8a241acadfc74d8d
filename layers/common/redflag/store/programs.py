"""Programs, their settings with every version, and their locations.

Functions read these at every request, so they keep them in memory for `cache_seconds`.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from redflag.core.hours import WEEKDAYS, OpeningHours, Span
from redflag.core.instants import Instant
from redflag.core.model import Location
from redflag.core.settings import Settings
from redflag.store.database import Database, Write, put

_SETTINGS = "SETTINGS"
_VERSION_PREFIX = "SETTINGS#"
_LOCATION_PREFIX = "LOCATION#"
_ALL = "PROGRAMS"
_PAGE = 100


@dataclass(frozen=True)
class Program:
    """A merchant's programme: the tenant. `region` (ISO 3166) reads its local phone numbers.

    A closed program keeps everything, and serves nobody.
    """

    program_id: str
    name: str
    region: str
    created_at: Instant | None = None
    closed_at: Instant | None = None


@dataclass(frozen=True)
class SettingsVersion:
    """Settings with their number, and who saved them when."""

    settings: Settings
    version: int = 0
    saved_at: Instant | None = None
    saved_by: str | None = None


def get_program(database: Database, program_id: str, *, consistent: bool = False) -> Program | None:
    """The program with this id."""
    key = {"pk": program_id, "sk": "PROGRAM"}
    item = database.get(database.tables.programs, key, consistent=consistent)
    return _read_program(item) if item else None


def save_program(database: Database, program: Program, known: Program | None = None) -> Write:
    """Save a new program, or replace `known`. The condition fails when that was closed or reopened since."""
    item = {
        "pk": program.program_id,
        "sk": "PROGRAM",
        "name": program.name,
        "region": program.region,
        "created_at": program.created_at,
        "closed_at": program.closed_at,
        "gpk": _ALL,
        "gsk": program.program_id,
    }
    table = database.tables.programs
    if known is None:
        return put("program", table, item, "attribute_not_exists(pk)")
    if known.closed_at is None:
        return put("program", table, item, "attribute_exists(pk) AND attribute_not_exists(closed_at)")
    return put("program", table, item, "closed_at = :closed_at", closed_at=known.closed_at)


def all_programs(database: Database, *, after: str | None, limit: int) -> list[Program]:
    """Programs in the order of their ids, after the one named."""
    items, _ = database.query(
        TableName=database.tables.programs,
        IndexName="by_program",
        KeyConditionExpression="gpk = :all AND gsk > :after",
        ExpressionAttributeValues={":all": {"S": _ALL}, ":after": {"S": after or " "}},
        Limit=limit,
    )
    return [_read_program(item) for item in items]


def program_ids(database: Database) -> list[str]:
    """The ids of all programs."""
    found: list[str] = []
    while page := all_programs(database, after=found[-1] if found else None, limit=_PAGE):
        found += [program.program_id for program in page]
    return found


def _read_program(item: dict[str, Any]) -> Program:
    return Program(item["pk"], item["name"], item["region"], item.get("created_at"), item.get("closed_at"))


def get_settings(database: Database, program_id: str, *, consistent: bool = False) -> SettingsVersion:
    """The effective settings; the defaults, as version 0, while none were saved."""
    item = database.get(database.tables.programs, {"pk": program_id, "sk": _SETTINGS}, consistent=consistent)
    return _read_settings(item) if item else SettingsVersion(Settings())


def save_settings(database: Database, program_id: str, new: SettingsVersion) -> list[Write]:
    """Make a new version effective, and save it. Its condition fails when the number is taken."""
    item = {
        "document": json.dumps(new.settings.to_document()),
        "version": new.version,
        "saved_at": new.saved_at,
        "saved_by": new.saved_by,
    }
    table = database.tables.programs
    return [
        put(
            "settings",
            table,
            {"pk": program_id, "sk": _SETTINGS} | item,
            "attribute_not_exists(pk) OR version = :before",
            before=new.version - 1,
        ),
        put(
            "settings version",
            table,
            {"pk": program_id, "sk": _version_key(new.version)} | item,
            "attribute_not_exists(pk)",
        ),
    ]


def settings_version(database: Database, program_id: str, number: int) -> SettingsVersion | None:
    """The version with this number; the defaults are version 0."""
    if number == 0:
        return SettingsVersion(Settings())
    key = {"pk": program_id, "sk": _version_key(number)}
    item = database.get(database.tables.programs, key, consistent=False)
    return _read_settings(item) if item else None


def settings_history(
    database: Database, program_id: str, *, before: int | None, limit: int
) -> list[SettingsVersion]:
    """Saved versions, newest first, of numbers less than `before`."""
    items, _ = database.query(
        TableName=database.tables.programs,
        KeyConditionExpression="pk = :pk AND sk BETWEEN :low AND :high",
        ExpressionAttributeValues={
            ":pk": {"S": program_id},
            ":low": {"S": _VERSION_PREFIX},
            ":high": {"S": _version_key(999_999 if before is None else before - 1)},
        },
        ScanIndexForward=False,
        Limit=limit,
    )
    return [_read_settings(item) for item in items]


def _read_settings(item: dict[str, Any]) -> SettingsVersion:
    return SettingsVersion(
        Settings.from_document(json.loads(item["document"])),
        item["version"],
        item.get("saved_at"),
        item.get("saved_by"),
    )


def get_location(
    database: Database, program_id: str, location_id: str, *, consistent: bool = False
) -> dict[str, Any] | None:
    """A location's document, in the fields of the API."""
    item = database.get(
        database.tables.programs,
        {"pk": program_id, "sk": _LOCATION_PREFIX + location_id},
        consistent=consistent,
    )
    return json.loads(item["document"]) if item else None


def save_location(
    database: Database,
    program_id: str,
    document: dict[str, Any],
    *,
    new: bool,
    known: dict[str, Any] | None = None,
) -> Write:
    """Create a location, or replace one that exists; with `known`, only while that is its document."""
    write = put(
        "location",
        database.tables.programs,
        {
            "pk": program_id,
            "sk": _LOCATION_PREFIX + document["location_id"],
            "document": json.dumps(document),
        },
        "attribute_not_exists(pk)" if new else "attribute_exists(pk)",
    )
    return write if known is None else _while_it_is(known, write)


def delete_location(
    database: Database, program_id: str, location_id: str, known: dict[str, Any] | None = None
) -> Write:
    """Delete a location that exists; with `known`, only while that is its document."""
    key = {"pk": {"S": program_id}, "sk": {"S": _LOCATION_PREFIX + location_id}}
    write = Write(
        "location",
        "Delete",
        {
            "TableName": database.tables.programs,
            "Key": key,
            "ConditionExpression": "attribute_exists(pk)",
        },
    )
    return write if known is None else _while_it_is(known, write)


def _while_it_is(known: dict[str, Any], write: Write) -> Write:
    condition = {
        "ConditionExpression": "#document = :known",
        "ExpressionAttributeNames": {"#document": "document"},
        "ExpressionAttributeValues": {":known": {"S": json.dumps(known)}},
    }
    return replace(write, request=write.request | condition)


def locations(database: Database, program_id: str, *, after: str | None, limit: int) -> list[dict[str, Any]]:
    """Location documents in the order of their ids, after the one named."""
    items, _ = database.query(
        TableName=database.tables.programs,
        KeyConditionExpression="pk = :pk AND sk BETWEEN :low AND :high",
        ExpressionAttributeValues={
            ":pk": {"S": program_id},
            ":low": {"S": _LOCATION_PREFIX + (f"{after}\0" if after else "")},
            ":high": {"S": _LOCATION_PREFIX + "~"},
        },
        Limit=limit,
    )
    return [json.loads(item["document"]) for item in items]


def all_locations(database: Database, program_id: str) -> list[dict[str, Any]]:
    """The documents of all locations of a program, in the order of their ids."""
    items = database.items(
        TableName=database.tables.programs,
        KeyConditionExpression="pk = :pk AND begins_with(sk, :prefix)",
        ExpressionAttributeValues={":pk": {"S": program_id}, ":prefix": {"S": _LOCATION_PREFIX}},
    )
    return [json.loads(item["document"]) for item in items]


def location_names(database: Database, program_id: str) -> dict[str, str]:
    """The names of all locations of a program, by their ids."""
    return {each["location_id"]: each["name"] for each in all_locations(database, program_id)}


def read_location(document: dict[str, Any]) -> Location:
    """What the rules need of a location's document, which has been validated."""
    return Location(document["location_id"], ZoneInfo(document["time_zone"]), _hours(document))


def _hours(document: dict[str, Any]) -> OpeningHours | None:
    week = document.get("hours")
    exceptions = {
        date.fromisoformat(e["date"]): tuple(_spans(e["hours"])) for e in document.get("exceptions") or ()
    }
    if week is None:
        return None
    return OpeningHours(tuple(tuple(_spans(week.get(day) or ())) for day in WEEKDAYS), exceptions)


def _spans(spans: Any) -> Iterator[Span]:
    for span in spans:
        yield Span.parse(span["open"], span["close"])


def _version_key(number: int) -> str:
    return f"{_VERSION_PREFIX}{number:06d}"
