"""Members and check-ins from CSV files, to be imported: what each column means, row by row.

A file without the required columns is refused as a whole. A row that cannot be read does not stop the
others.
"""

import gzip
import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from redflag.core.model import Position
from redflag.http.fields import DEVICE_LENGTH
from redflag_cli.bad_file import BadFile, quoted, read_id
from redflag_cli.batch_client import CheckInToSend
from redflag_cli.check_in_file import read_instant, read_latitude, read_longitude, wrong_length
from redflag_cli.csv_file import read_lines
from redflag_cli.import_client import NewMember
from redflag_cli.spreadsheet import plain_cell

MEMBERS = ("phone", "name", "email", "external_id", "membership")
CHECK_INS = ("checked_in_at", "location_id", "lat", "lon", "device_id")
WHO = ("member_id", "phone", "external_id")
"""The columns that say who checks in; of those that are filled, the first counts."""

_KEY_LENGTH = 24
"""How many digits of the content's hash begin an Idempotency-Key."""


class BadRow(Exception):
    """A row cannot be read. `str()` names the column and says why."""


@dataclass(frozen=True, slots=True)
class MemberRow(NewMember):
    """A member to enrol, and their line in the file."""

    line: int = 0


@dataclass(frozen=True, slots=True)
class CheckInRow(CheckInToSend):
    """A check-in to send, and its line in the file."""

    line: int = 0


@dataclass(frozen=True)
class Sheet:
    """A file: its columns, its rows by their lines, and the hash of its content, packed or not."""

    path: Path
    content: str
    columns: tuple[str, ...]
    rows: Mapping[int, list[str]]

    @classmethod
    def read(cls, path: Path, needed: Sequence[str], known: Sequence[str]) -> Self:
        """A whole file. Raises `BadFile` when it cannot be read or lacks a column that is needed."""
        lines = read_lines(path)
        _, header = next(lines)
        columns = tuple(name.strip() for name in header)
        if not any(columns):
            raise BadFile(path, f"The file is empty; its first line must name {', '.join(needed)}.", line=1)
        for name in (*needed, *known):
            if columns.count(name) > 1:
                raise BadFile(path, "This column occurs twice.", line=1, field=f"column {name}")
        for name in needed:
            if name not in columns:
                why = f"This column is missing. The first line reads {quoted(','.join(header))}."
                raise BadFile(path, why, line=1, field=f"column {name}")
        rows = {line: [plain_cell(value) for value in values] for line, values in lines}
        return cls(path, _hash(path), columns, rows)

    def cells(self, line: int) -> dict[str, str]:
        """The values of a row by their columns, without the spaces around them. Raises `BadRow`."""
        values = self.rows[line]
        if len(values) != len(self.columns):
            raise BadRow(wrong_length(self.columns, values))
        return {name: value.strip() for name, value in zip(self.columns, values, strict=True)}


def read_members(path: Path) -> Sheet:
    """A file of members. Raises `BadFile`."""
    return Sheet.read(path, ("phone",), MEMBERS)


def read_check_ins(path: Path, *, external_ids: bool) -> Sheet:
    """A file of check-ins; `external_ids` when it is known whose they are. Raises `BadFile`."""
    sheet = Sheet.read(path, ("checked_in_at", "location_id"), (*CHECK_INS, *WHO))
    who = [name for name in WHO if name in sheet.columns]
    if not who:
        raise BadFile(path, f"No column says who checked in. Add one of {', '.join(WHO)}.", line=1)
    if who == ["external_id"] and not external_ids:
        why = "Name the file that importing these members wrote, with --members."
        raise BadFile(path, why, line=1, field="column external_id")
    if ("lat" in sheet.columns) != ("lon" in sheet.columns):
        missing = "lon" if "lat" in sheet.columns else "lat"
        raise BadFile(path, "lat and lon come together.", line=1, field=f"column {missing}")
    return sheet


def read_enrolled(path: Path) -> dict[str, str]:
    """Member ids by the merchant's own ids, from the file that importing members wrote. Raises `BadFile`."""
    sheet = Sheet.read(path, ("external_id", "member_id"), ())
    found: dict[str, str] = {}
    for line in sheet.rows:
        try:
            cells = sheet.cells(line)
        except BadRow as error:
            raise BadFile(path, str(error), line=line) from None
        if cells["external_id"]:
            found[cells["external_id"]] = cells["member_id"]
    return found


def member_row(sheet: Sheet, line: int) -> MemberRow:
    """The member of a row. Raises `BadRow`."""
    cells = sheet.cells(line)
    rest = {name: cells.get(name, "") for name in MEMBERS[1:]}
    return MemberRow(_read(read_id, cells, "phone"), **rest, line=line)


def check_in_row(sheet: Sheet, line: int, members: Mapping[str, str]) -> CheckInRow:
    """The check-in of a row; `members` are member ids by the merchant's own ids. Raises `BadRow`."""
    cells = sheet.cells(line)
    return CheckInRow(
        key=f"{sheet.content[:_KEY_LENGTH]}-{line}",
        at=_read(read_instant, cells, "checked_in_at"),
        location_id=_read(read_id, cells, "location_id"),
        member=_who(cells, members),
        position=_position(cells),
        device_id=_read(_device, cells, "device_id") if cells.get("device_id") else None,
        line=line,
    )


def _who(cells: Mapping[str, str], members: Mapping[str, str]) -> dict[str, str]:
    name = next((name for name in WHO if cells.get(name)), None)
    if name is None:
        raise BadRow("Nothing says who checked in.")
    value = _read(read_id, cells, name)
    if name != "external_id":
        return {name: value}
    if value not in members:
        raise BadRow(f"column external_id: {quoted(value)} is not among the members that were imported.")
    return {"member_id": members[value]}


def _position(cells: Mapping[str, str]) -> Position | None:
    if not cells.get("lat") and not cells.get("lon"):
        return None
    return Position(_read(read_latitude, cells, "lat"), _read(read_longitude, cells, "lon"))


def _device(text: str) -> str:
    if len(text.encode()) > DEVICE_LENGTH:
        raise ValueError(f"Use at most {DEVICE_LENGTH} bytes.")
    return read_id(text)


def _read[T](read: Callable[[str], T], cells: Mapping[str, str], name: str) -> T:
    try:
        return read(cells[name])
    except ValueError as error:
        raise BadRow(f"column {name}: {error}") from None


def _hash(path: Path) -> str:
    digest = hashlib.sha256()
    for block in _blocks(path):
        digest.update(block)
    return digest.hexdigest()


def _blocks(path: Path) -> Iterator[bytes]:
    with gzip.open(path) if path.suffix == ".gz" else path.open("rb") as file:
        while block := file.read(1 << 20):
            yield block
