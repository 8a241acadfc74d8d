"""Small files, whole: text and JSON."""

import json
from pathlib import Path
from typing import Any

from redflag_cli.bad_file import BadFile


def read_text(path: Path) -> str:
    """A text file in UTF-8, with or without a byte order mark. Raises `BadFile`."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise BadFile(path, "This is not text in UTF-8.") from None
    except OSError as error:
        raise BadFile(path, f"The file cannot be read: {error.strerror or error}.") from None


def read_json(path: Path) -> Any:
    """A JSON file. Raises `BadFile` with the line."""
    try:
        return json.loads(read_text(path))
    except json.JSONDecodeError as error:
        raise BadFile(path, f"This is no JSON: {error.msg}.", line=error.lineno) from None
