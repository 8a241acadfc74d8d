"""Ranges of settings, stated beside the setting they bound: `limit: Annotated[int, Range(2, 15)]`."""

from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True)
class Range:
    """Whole numbers from `low` to `high`, both allowed."""

    low: int
    high: int


class Mode(StrEnum):
    """How far a rule goes: not evaluated, evaluated and recorded, or raising flags."""

    OFF = "off"
    SHADOW = "shadow"
    ON = "on"


def count(number: int, thing: str) -> str:
    """`1 day`, `7 days`: a number with its noun, for sentences."""
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"
