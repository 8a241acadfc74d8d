"""Cells of a CSV that somebody may open in a spreadsheet, which takes some of them for formulas."""

_FORMULAS = ("=", "+", "-", "@", "\t", "\r")
_MARK = "'"
"""In front of a cell, it says to spreadsheets that this is text."""


def safe_cell(text: str) -> str:
    """A cell that is text in every spreadsheet."""
    return _MARK + text if text.startswith(_FORMULAS) else text


def plain_cell(text: str) -> str:
    """What a cell said before it was made safe, so that what was written can be read again."""
    return text[1:] if text.startswith(_MARK) and text[1:].startswith(_FORMULAS) else text
