"""What is wrong with a file, in a sentence that names the place."""

import unicodedata
from pathlib import Path
from zoneinfo import ZoneInfo

_SHOWN = 60
"""Characters of a value that a message repeats."""


class BadFile(Exception):
    """A file cannot be used. `str()` names the file, the line and the column, and says why."""

    def __init__(self, path: Path, why: str, *, line: int | None = None, field: str | None = None) -> None:
        place = [str(path)]
        if line is not None:
            place.append(f"line {line}")
        if field is not None:
            place.append(field)
        super().__init__(f"{', '.join(place)}: {why}")


def quoted(text: str) -> str:
    """A piece of a file for a message: short, on one line, and harmless in a terminal."""
    shown = text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…"
    return '"' + "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in shown) + '"'


def read_id(text: str) -> str:
    """An identifier: not empty and without control characters; spaces around it are cut off."""
    text = text.strip()
    if not text:
        raise ValueError("This is empty.")
    if not text.isprintable() and any(unicodedata.category(c) == "Cc" for c in text):
        raise ValueError(f"{quoted(text)} holds a control character.")
    return text


def read_zone(name: str) -> ZoneInfo:
    """An IANA time zone; else `ValueError` with a sentence."""
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        raise ValueError(f"{quoted(name)} is no time zone. Give a name such as America/New_York.") from None
