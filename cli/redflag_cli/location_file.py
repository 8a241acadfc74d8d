"""Locations from a JSON or CSV file: time zones, names and opening hours, held to the API's limits.

JSON is a list of locations in the API's shape, or a page of `GET /v1/locations` as it came. CSV has
the columns `location_id` and, optionally, `name`, `time_zone`, `hours` and `exceptions`; the last two
hold JSON.
"""

import csv
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from redflag.core.model import Location
from redflag.http.programs.location_schemas import read_location
from redflag.http.schemas import InvalidDocument
from redflag.store import programs
from redflag_cli.bad_file import BadFile, quoted, read_id
from redflag_cli.text_file import read_json, read_text

COLUMNS = ("location_id", "name", "time_zone", "hours", "exceptions")
_JSON_COLUMNS = ("hours", "exceptions")


@dataclass(frozen=True, slots=True)
class NamedLocation:
    """A location and what people call it."""

    location: Location
    name: str | None = None


@dataclass(frozen=True, slots=True)
class _Entry:
    """A location as it is in the file: its place there, and its content."""

    path: Path
    document: Mapping[str, Any]
    line: int | None
    prefix: str

    def bad(self, field: str, why: str) -> BadFile:
        """What is wrong with one of its fields."""
        return BadFile(self.path, why, line=self.line, field=self.prefix + field)


def read_locations(path: Path, zone: ZoneInfo) -> dict[str, NamedLocation]:
    """The locations of a file by their id; those that name no time zone are in `zone`.

    Raises `BadFile`.
    """
    locations: dict[str, NamedLocation] = {}
    for entry in _csv(path) if path.suffix == ".csv" else _json(path):
        location_id = _location_id(entry)
        if location_id in locations:
            raise entry.bad("location_id", f"{quoted(location_id)} occurs twice.")
        locations[location_id] = _location(entry, location_id, zone)
    return locations


def _json(path: Path) -> Iterator[_Entry]:
    content = read_json(path)
    listed = content.get("items") if isinstance(content, dict) else content
    if not isinstance(listed, list):
        raise BadFile(path, "A list of locations is expected.")
    for index, document in enumerate(listed):
        if not isinstance(document, dict):
            raise BadFile(path, "A location is an object.", field=f"[{index}]")
        yield _Entry(path, document, None, f"[{index}].")


def _csv(path: Path) -> Iterator[_Entry]:
    reader = csv.DictReader(read_text(path).splitlines(keepends=True), strict=True)
    try:
        header = reader.fieldnames or []
        if "location_id" not in header:
            raise BadFile(path, "This column is missing.", line=1, field="column location_id")
        for values in reader:
            line = reader.line_num
            if None in values or None in values.values():
                raise BadFile(path, f"The header has {len(header)} columns, this line has not.", line=line)
            document = {name: values[name] for name in COLUMNS if values.get(name)}
            entry = _Entry(path, document, line, "column ")
            for name in _JSON_COLUMNS:
                if name in document:
                    document[name] = _json_column(entry, name)
            yield entry
    except csv.Error as error:
        raise BadFile(path, f"This is no CSV: {error}.", line=reader.line_num) from None


def _json_column(entry: _Entry, name: str) -> Any:
    try:
        return json.loads(entry.document[name])
    except ValueError as error:
        raise entry.bad(name, f"This is no JSON: {error}.") from None


def _location_id(entry: _Entry) -> str:
    try:
        return read_id(str(entry.document.get("location_id", "")))
    except ValueError as error:
        raise entry.bad("location_id", str(error)) from None


def _location(entry: _Entry, location_id: str, zone: ZoneInfo) -> NamedLocation:
    given = {name: value for name, value in entry.document.items() if name != "location_id"}
    try:
        document = read_location({"name": location_id, "time_zone": zone.key} | given)
    except InvalidDocument as error:
        field, why = error.errors[0]
        raise entry.bad(field, why) from None
    location = programs.read_location({"location_id": location_id} | document.model_dump())
    return NamedLocation(location, document.name if "name" in given else None)
