"""Check-ins from a CSV file: `member_id,location_id,checked_in_at`, and `lat,lon` where known.

The first line names the columns, in any order; columns with other names are ignored. Files
whose names end in `.gz` are unpacked on the way.
"""

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from redflag.core.instants import Instant, parse_instant
from redflag.core.model import Position
from redflag_cli.bad_file import BadFile, quoted, read_id
from redflag_cli.csv_file import read_lines

REQUIRED = ("member_id", "location_id", "checked_in_at")
POSITION = ("lat", "lon")


@dataclass(frozen=True, slots=True)
class Row:
    """One attempt to check in, and its line in the file."""

    line: int
    member_id: str
    location_id: str
    at: Instant
    position: Position | None = None


def read_check_ins(path: Path) -> Iterator[Row]:
    """The rows of a file, in its order. Raises `BadFile`."""
    lines = read_lines(path)
    _, header = next(lines)
    columns = _Columns(path, header)
    for line, values in lines:
        if len(values) != len(header):
            raise BadFile(path, wrong_length(header, values), line=line)
        yield columns.row(line, values)


def wrong_length(header: Sequence[str], values: Sequence[str]) -> str:
    """The sentence about a line that does not have as many values as there are columns."""
    return f"The header has {len(header)} columns, this line has {len(values)}."


class _Columns:
    """The position of each column, and how its values are read."""

    def __init__(self, path: Path, header: Sequence[str]) -> None:
        self._path = path
        names = [name.strip() for name in header]
        expected = ",".join(REQUIRED)
        if not any(names):
            raise BadFile(path, f"The file is empty; its first line must be {expected}[,lat,lon].", line=1)
        for name in (*REQUIRED, *POSITION):
            if names.count(name) > 1:
                raise BadFile(path, "This column occurs twice.", line=1, field=f"column {name}")
        for name in REQUIRED:
            if name not in names:
                raise BadFile(
                    path,
                    f"This column is missing. The first line must name the columns {expected}"
                    f"[,lat,lon]; it reads {quoted(','.join(header))}.",
                    line=1,
                    field=f"column {name}",
                )
        if ("lat" in names) != ("lon" in names):
            missing = "lon" if "lat" in names else "lat"
            raise BadFile(path, "lat and lon come together.", line=1, field=f"column {missing}")
        self._member, self._location, self._at = (names.index(name) for name in REQUIRED)
        self._position = (names.index("lat"), names.index("lon")) if "lat" in names else None

    def row(self, line: int, values: Sequence[str]) -> Row:
        """One line, read."""
        return Row(
            line=line,
            member_id=self._read(read_id, "member_id", values[self._member], line),
            location_id=self._read(read_id, "location_id", values[self._location], line),
            at=self._read(read_instant, "checked_in_at", values[self._at], line),
            position=self._read_position(values, line),
        )

    def _read_position(self, values: Sequence[str], line: int) -> Position | None:
        if self._position is None:
            return None
        lat, lon = (values[index].strip() for index in self._position)
        if not lat and not lon:
            return None
        return Position(
            self._read(read_latitude, "lat", lat, line), self._read(read_longitude, "lon", lon, line)
        )

    def _read[T](self, read: Callable[[str], T], column: str, text: str, line: int) -> T:
        try:
            return read(text)
        except ValueError as error:
            raise BadFile(self._path, str(error), line=line, field=f"column {column}") from None


def read_instant(text: str) -> Instant:
    """An instant of a file; else `ValueError` with a sentence."""
    text = text.strip()
    try:
        return parse_instant(text)
    except ValueError as error:
        raise ValueError(f"{quoted(text)} cannot be used. {error}" if text else "This is empty.") from None


def read_latitude(text: str) -> float:
    """Degrees north; else `ValueError` with a sentence."""
    return _degrees(text, 90)


def read_longitude(text: str) -> float:
    """Degrees east; else `ValueError` with a sentence."""
    return _degrees(text, 180)


def _degrees(text: str, limit: int) -> float:
    try:
        degrees = float(text)
    except ValueError:
        degrees = math.nan
    if not -limit <= degrees <= limit:
        raise ValueError(f"{quoted(text)} is no number of degrees from -{limit} to {limit}.")
    return degrees
