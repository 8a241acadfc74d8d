"""The state that rules read and decisions change. All of it is immutable.

Sequences of check-ins, arrivals and occurrences are always newest first.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NewType
from zoneinfo import ZoneInfo

from redflag.core.hours import OpeningHours
from redflag.core.instants import BEGINNING, Instant

REGISTER_DEPTH = 16
"""How many check-ins, arrivals or occurrences a member, a place or a pair remembers."""

OCCURRENCES_KEPT = 20
"""How many occurrences the evidence of a flag keeps."""


class Access(StrEnum):
    """Whether a member may log in and check in."""

    ACTIVE = "active"
    SUSPENDED = "suspended"
    BLOCKED = "blocked"


class Membership(StrEnum):
    """The state of a paid membership."""

    ACTIVE = "active"
    CANCELLED = "cancelled"


RuleName = NewType("RuleName", str)
"""A rule by the name that settings, flags and screens use. Each rule's module says its own."""


def code_of(rule: RuleName) -> str:
    """Two letters, for ids and registers; no two rules share them."""
    return rule[:2]


@dataclass(frozen=True)
class Position:
    """Where a phone says it is, in degrees; accuracy in metres."""

    lat: float
    lon: float
    accuracy_m: float | None = None

    def __str__(self) -> str:
        """The spot to a metre, as it is kept: latitude, longitude."""
        return f"{self.lat:.5f},{self.lon:.5f}"


@dataclass(frozen=True)
class CheckIn:
    """An accepted check-in, as the register remembers it."""

    check_in_id: str
    location_id: str
    at: Instant
    device_id: str | None = None


@dataclass(frozen=True)
class Attempt:
    """A member's attempt to check in: what a kiosk or an app has sent."""

    check_in_id: str
    member_id: str
    location_id: str
    at: Instant
    device_id: str | None = None
    position: Position | None = None

    def accepted(self) -> CheckIn:
        """The check-in that this attempt becomes."""
        return CheckIn(self.check_in_id, self.location_id, self.at, self.device_id)


@dataclass(frozen=True)
class Member:
    """The state that decides about a member, without any personal data."""

    member_id: str
    access: Access = Access.ACTIVE
    platform_blocked: bool = False
    trusted: bool = False
    baseline: Instant = BEGINNING
    check_ins: tuple[CheckIn, ...] = ()
    open_flags: Mapping[RuleName, str] = field(default_factory=dict)

    @property
    def counted(self) -> tuple[CheckIn, ...]:
        """The check-ins that rules count: those after the baseline."""
        return tuple(c for c in self.check_ins if c.at > self.baseline)


@dataclass(frozen=True)
class Location:
    """Where members check in."""

    location_id: str
    zone: ZoneInfo
    hours: OpeningHours | None = None


@dataclass(frozen=True)
class Arrival:
    """An accepted check-in as its place (a location or a geohash cell) has learned of it."""

    check_in_id: str
    member_id: str
    at: Instant


@dataclass(frozen=True)
class Following:
    """Two members who checked in directly after one another: one occurrence of a pair.

    `first` is whom the place learned of first. `place` is a location id, or `cell:` and a geohash.
    """

    first: Arrival
    second: Arrival
    place: str

    @property
    def at(self) -> Instant:
        """When the occurrence counts: at the later of its two check-ins."""
        return max(self.first.at, self.second.at)

    def of(self, member_id: str) -> Arrival:
        """The check-in of one of the two."""
        return self.first if self.first.member_id == member_id else self.second


@dataclass(frozen=True)
class PointEdit:
    """A change of a member's points by hand."""

    edit_id: str
    at: Instant
    delta: int
    by: str
    reason: str


type Occurrence = Mapping[str, str | int | None]
"""One line of a flag's evidence, in the fields of the API. It always has an `id`."""


@dataclass(frozen=True)
class Finding:
    """What a rule has found: why it fires, in words and in numbers."""

    rule: RuleName
    trigger_id: str
    """The check-in, attempt or edit that made the rule fire."""
    at: Instant
    sentence: str
    value: int
    limit: int
    occurrences: tuple[Occurrence, ...]
    location_id: str | None = None
