"""Check-ins from a CSV file: `member_id,location_id,checked_in_at`, and `lat,lon` where known.

The first line names the columns, in any order; columns with other names are passed over. Files
whose names end in `.gz` are unpacked on the way.
"""

import csv
import gzip
import math
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO, cast

from redflag.core.instants import Instant, parse_instant
from redflag.core.model import Position
from redflag_cli.bad_file import BadFile, quoted, read_id

REQUIRED = ("member_id", "location_id", "checked_in_at")
POSITION = ("lat", "lon")


@dataclass(frozen=True, slots=True)
class Row:
    """One attempt to check in, and the line of the file on which it stands."""

    line: int
    member_id: str
    location_id: str
    at: Instant
    position: Position | None = None


def read_check_ins(path: Path) -> Iterator[Row]:
    """The rows of a file, as they stand in it. Raises `BadFile`."""
    try:
        with _open(path) as file:
            yield from _rows(path, file)
    except UnicodeDecodeError:
        raise BadFile(path, "This is not text in UTF-8.", line=_undecodable(path)) from None
    except (gzip.BadGzipFile, EOFError, zlib.error):
        raise BadFile(path, "This is no gzip file, or it is damaged.") from None
    except OSError as error:
        raise BadFile(path, f"The file cannot be read: {error.strerror or error}.") from None


def _open(path: Path) -> TextIO:
    # utf-8-sig: spreadsheets put a byte order mark in front.
    if path.suffix == ".gz":
        return cast("TextIO", gzip.open(path, "rt", encoding="utf-8-sig", newline=""))
    return path.open(encoding="utf-8-sig", newline="")


def _undecodable(path: Path) -> int:
    """The first line that is not UTF-8; the reader itself only knows the block."""
    with gzip.open(path) if path.suffix == ".gz" else path.open("rb") as file:
        for number, line in enumerate(file, start=1):
            try:
                line.decode()
            except UnicodeDecodeError:
                return number
    return 1


def _rows(path: Path, file: TextIO) -> Iterator[Row]:
    lines = csv.reader(file)
    line = 1
    try:
        header = next(lines, [])
        columns = _Columns(path, header)
        line = lines.line_num + 1
        for values in lines:
            # A quoted value may run over several lines: the first of them counts.
            at, line = line, lines.line_num + 1
            if not values:
                continue
            if len(values) != len(header):
                raise BadFile(
                    path, f"The header has {len(header)} columns, this line has {len(values)}.", line=at
                )
            yield columns.row(at, values)
    except csv.Error as error:
        raise BadFile(path, f"This is no CSV: {error}.", line=line) from None


class _Columns:
    """Where each column stands, and how its values are read."""

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
            at=self._read(_instant, "checked_in_at", values[self._at], line),
            position=self._read_position(values, line),
        )

    def _read_position(self, values: Sequence[str], line: int) -> Position | None:
        if self._position is None:
            return None
        lat, lon = (values[index].strip() for index in self._position)
        if not lat and not lon:
            return None
        return Position(
            self._read(_degrees(90), "lat", lat, line), self._read(_degrees(180), "lon", lon, line)
        )

    def _read[T](self, read: Callable[[str], T], column: str, text: str, line: int) -> T:
        try:
            return read(text)
        except ValueError as error:
            raise BadFile(self._path, str(error), line=line, field=f"column {column}") from None


def _instant(text: str) -> Instant:
    text = text.strip()
    try:
        return parse_instant(text)
    except ValueError as error:
        raise ValueError(f"{quoted(text)} cannot be used. {error}" if text else "This is empty.") from None


def _degrees(limit: int) -> Callable[[str], float]:
    def read(text: str) -> float:
        try:
            degrees = float(text)
        except ValueError:
            degrees = math.nan
        if not -limit <= degrees <= limit:
            raise ValueError(f"{quoted(text)} is no number of degrees from -{limit} to {limit}.")
        return degrees

    return read
