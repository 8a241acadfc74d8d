"""What an import has done so far, so that the next run goes on where this one ended.

The progress is a file to which lines are only added. The first says which import it is of; each other
one says what became of a row. A line that was cut short does not count: its row is sent again, with the
same key. The other files of an import are written anew from the progress when a run begins, and then
line by line.
"""

import csv
import fcntl
import json
import os
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import astuple, dataclass, field
from pathlib import Path
from typing import IO, Any

from redflag_cli.bad_file import BadFile
from redflag_cli.spreadsheet import safe_cell

type Listener = Callable[["Answered"], object]


@dataclass(frozen=True, slots=True)
class Answered:
    """What became of a row: `outcome` is the word for it, or a refusal's code with its `detail`."""

    line: int
    outcome: str
    detail: str = ""
    member_id: str | None = None


@dataclass
class Record:
    """The answered rows, by their lines, and the listeners that are called with each new one."""

    answered: dict[int, Answered] = field(default_factory=dict)
    listeners: list[Listener] = field(default_factory=list)

    def add(self, row: Answered) -> None:
        """Add an answered row."""
        self.answered[row.line] = row
        for listener in self.listeners:
            listener(row)

    def outcomes(self) -> Counter[str]:
        """How many rows ended in which way."""
        return Counter(row.outcome for row in self.answered.values())


@contextmanager
def recorded(path: Path, about: dict[str, str]) -> Iterator[Record]:
    """The progress of an import, new or continued. `about` says which import it is.

    Raises `BadFile` when the file is of another import, or another run holds it.
    """
    with _opened(path, "a+b", buffering=0) as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise BadFile(path, "Another run of this import is under way.") from None
        file.seek(0)
        found, first = file.read(), _line(about)
        whole = found[: found.rfind(b"\n") + 1]
        if not whole and first.startswith(found):
            file.truncate(0)
            file.write(first)
            record = Record()
        else:
            record = _read(path, whole, about)
            file.truncate(len(whole))
        record.listeners.append(lambda row: file.write(_line(astuple(row))))
        yield record


def _read(path: Path, whole: bytes, about: dict[str, str]) -> Record:
    try:
        first, *rest = [json.loads(line) for line in whole.splitlines()]
    except ValueError:
        raise BadFile(path, "This is not the progress of an import. Name another file.") from None
    if first != about:
        why = "This is the progress of another import: of another content, program or API."
        raise BadFile(path, f"{why} Name another file with --state, or delete it to begin anew.")
    rows = [Answered(*values) for values in rest]
    return Record({row.line: row for row in rows})


def _line(value: object) -> bytes:
    return f"{json.dumps(value)}\n".encode()


@contextmanager
def listed(
    path: Path, header: Sequence[str], record: Record, cells: Callable[[Answered], Sequence[str] | None]
) -> Iterator[None]:
    """Write a CSV with a line for each answered row that has cells, then for further rows as they come."""
    new = path.with_name(f"{path.name}.new")
    with _opened(new, "w", buffering=1, encoding="utf-8", newline="") as file:
        lines = csv.writer(file, lineterminator="\n")

        def write(row: Answered) -> None:
            found = cells(row)
            if found is not None:
                lines.writerow(map(safe_cell, found))

        lines.writerow(map(safe_cell, header))
        for row in record.answered.values():
            write(row)
        file.flush()
        new.rename(path)
        record.listeners.append(write)
        yield


@contextmanager
def _opened(path: Path, mode: str, **how: Any) -> Iterator[IO[Any]]:
    """A file that only its owner can read: it may name people."""
    try:
        file = open(path, mode, opener=_for_its_owner, **how)  # noqa: SIM115  Path.open has no opener
    except OSError as error:
        raise BadFile(path, f"The file cannot be written: {error.strerror or error}.") from None
    with file:
        yield file


def _for_its_owner(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)
