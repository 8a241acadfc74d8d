"""CSV (RFC 4180) that opens in a spreadsheet as what it says, and runs nothing there.

A spreadsheet takes a cell that begins with `=`, `+`, `-` or `@` for a formula, and looks past spaces
and forgives wide forms of these characters. A member may be named anything. So such a cell gets an
apostrophe in front, which makes it text.
"""

import csv
import io
import unicodedata
from collections.abc import Iterable
from itertools import takewhile

BYTE_ORDER_MARK = "\ufeff"
"""At the beginning of a file: without it, a spreadsheet reads UTF-8 as something else."""

type Cell = str | int | float | None

_FORMULA = set("=+-@")
_BREAKS = set("\t\r\n")
_SKIPPED = {"Cc", "Cf", "Zs", "Zl", "Zp"}
"""What may come before a formula: control and format characters, and all kinds of spaces."""


def line(cells: Iterable[Cell]) -> str:
    """One line, its end included."""
    text = io.StringIO(newline="")
    csv.writer(text).writerow([_safe(cell) for cell in cells])
    return text.getvalue()


def _safe(cell: Cell) -> str:
    """A cell as text that is no formula."""
    text = "" if cell is None else str(cell)
    return f"'{text}" if _may_run(text) else text


def _may_run(text: str) -> bool:
    invisible = "".join(takewhile(lambda c: unicodedata.category(c) in _SKIPPED, text))
    # The wide and the small forms are those of the plain character.
    first = unicodedata.normalize("NFKC", text[len(invisible) : len(invisible) + 1])[:1]
    return first in _FORMULA or not _BREAKS.isdisjoint(invisible)
