"""CSV files, line by line. Files whose names end in `.gz` are unpacked on the way."""

import csv
import gzip
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO, cast

from redflag_cli.bad_file import BadFile


def read_lines(path: Path) -> Iterator[tuple[int, list[str]]]:
    """The values of each line, with where it begins: the header first, then all that are not empty.

    Raises `BadFile`.
    """
    try:
        with _open(path) as file:
            yield from _lines(path, file)
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


def _lines(path: Path, file: TextIO) -> Iterator[tuple[int, list[str]]]:
    lines = csv.reader(file)
    line = 1
    try:
        yield line, next(lines, [])
        line = lines.line_num + 1
        for values in lines:
            # A quoted value may run over several lines: the first of them counts.
            at, line = line, lines.line_num + 1
            if values:
                yield at, values
    except csv.Error as error:
        raise BadFile(path, f"This is no CSV: {error}.", line=line) from None
