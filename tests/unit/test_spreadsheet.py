import csv
import io
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from redflag.http.flags.spreadsheet import Cell, line

COMMAND = "=cmd|' /C calc'!A0"
STARTS = st.sampled_from(
    ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", "﹢", "﹣", "﹦", "﹫"]
)
SPACES = st.text(st.sampled_from(" \t\r\n\u00a0\u2003\u3000\u200b\u200e\ufeff\x00"), max_size=4)
RISKY = st.builds(lambda *parts: "".join(parts), SPACES, STARTS, st.text())
CELLS = st.none() | st.integers() | st.floats(allow_nan=False) | st.text() | RISKY


def read(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline=""), strict=True))


@pytest.mark.parametrize(
    ("cell", "shown"),
    [
        (None, ""),
        ("", ""),
        (0, "0"),
        (12.5, "12.5"),
        ("Zoë Quince", "Zoë Quince"),
        ("O'Hara", "O'Hara"),
        ("'=1", "'=1"),
        ("a=1", "a=1"),
        ("1-1", "1-1"),
        (COMMAND, f"'{COMMAND}"),
        ("+1", "'+1"),
        ("-1", "'-1"),
        (-1, "'-1"),
        ("@SUM(1)", "'@SUM(1)"),
        ("\tx", "'\tx"),
        ("\rx", "'\rx"),
        (" =1", "' =1"),
        ("\u00a0\u200b=1", "'\u00a0\u200b=1"),
        ("＝1+1", "'＝1+1"),
        ("　＠x", "'　＠x"),
        ("=", "'="),
    ],
)
def test_a_cell_that_may_run_gets_an_apostrophe_and_no_other_does(cell: Cell, shown: str) -> None:
    assert read(line([cell, "x"])) == [[shown, "x"]]


@given(st.lists(CELLS, min_size=2))
@example([COMMAND, '"', ",", "\r\n", "\n", "a\rb"])
def test_a_line_is_read_back_as_it_was_but_for_the_apostrophes(cells: list[Cell]) -> None:
    (found,) = read(line(cells))
    plain = ["" if cell is None else str(cell) for cell in cells]
    assert len(found) == len(plain)
    for shown, cell in zip(found, plain, strict=True):
        assert shown in (cell, f"'{cell}")


@given(RISKY)
def test_no_cell_begins_with_what_may_run(cell: str) -> None:
    ((shown, _),) = read(line([cell, ""]))
    assert shown == f"'{cell}"


@given(CELLS)
def test_whatever_is_shown_its_first_visible_character_starts_no_formula(cell: Cell) -> None:
    ((shown, _),) = read(line([cell, ""]))
    visible = "".join(c for c in shown if unicodedata.category(c)[0] not in "CZ")
    assert unicodedata.normalize("NFKC", visible)[:1] not in ("=", "+", "-", "@")
    assert shown[:1] not in ("\t", "\r", "\n")


@given(st.lists(st.lists(CELLS, min_size=2, max_size=4), max_size=5))
def test_lines_end_as_rfc_4180_has_it_and_stay_apart(rows: list[list[Cell]]) -> None:
    text = "".join(map(line, rows))
    assert [len(found) for found in read(text)] == [len(row) for row in rows]
    assert all(line(row).endswith("\r\n") for row in rows)
