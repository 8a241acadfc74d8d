"""What a setting may be, stated beside it: `limit: Annotated[int, Range(2, 15, "check-in")]`."""

from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True)
class Range:
    """Whole numbers from `low` to `high`, both allowed.

    `unit` is what is counted, as the catalogue of words knows it (`unit-check-in`), or `hour-of-day`.
    """

    low: int
    high: int
    unit: str


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
