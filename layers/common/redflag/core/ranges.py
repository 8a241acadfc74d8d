"""What a setting may be, stated beside it: `limit: Annotated[int, Range(2, 15, Unit.CHECK_IN)]`."""

from dataclasses import dataclass
from enum import StrEnum


class Unit(StrEnum):
    """What a number of a setting counts, as people read it of one."""

    CHECK_IN = "check-in"
    DAY = "day"
    EDIT = "edit"
    HOUR_OF_DAY = "hour-of-day"
    MINUTE = "minute"
    POINT = "point"
    TIME = "time"


@dataclass(frozen=True)
class Range:
    """Whole numbers from `low` to `high`, both allowed."""

    low: int
    high: int
    unit: Unit


class Format(StrEnum):
    """What a text of a setting is."""

    CLOCK = "clock"
    EMAIL = "email"
    TEXT = "text"
    URL = "url"
    ZONE = "zone"


@dataclass(frozen=True)
class Most:
    """At most so many items in a list."""

    items: int


class Mode(StrEnum):
    """How far a rule goes: not evaluated, evaluated and recorded, or raising flags."""

    OFF = "off"
    SHADOW = "shadow"
    ON = "on"


def count(number: int, thing: str) -> str:
    """`1 day`, `7 days`: a number with its noun, for sentences."""
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"
