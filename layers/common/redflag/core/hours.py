"""Opening hours: when a location is open, by its own wall clock.

A day holds spans `[open, close)` in minutes after local midnight. A span whose close is not after
its open runs over midnight and belongs to the day on which it opens. Dated exceptions replace a
weekday's spans for that date. Comparing wall-clock readings makes daylight saving time right by
itself: the hour that occurs twice is open twice, the hour that is skipped never comes.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from redflag.core.instants import Instant, from_datetime, to_datetime

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
MIDNIGHT = 24 * 60
_CLOCK = re.compile(r"([01]\d|2[0-3]):([0-5]\d)|(24):(00)", re.ASCII)
_SEARCH_DAYS = 400
"""How far `next_opening` looks ahead: a yearly exception lies within it."""


def parse_clock(text: str) -> int:
    """`HH:MM`, `00:00` to `24:00`, as minutes after midnight; else `ValueError`."""
    if not _CLOCK.fullmatch(text):
        raise ValueError("Give a time of day such as 09:00, from 00:00 to 24:00.")
    return int(text[:2]) * 60 + int(text[3:])


@dataclass(frozen=True)
class Span:
    """Open from `opens` until just before `closes`, in minutes after midnight."""

    opens: int
    closes: int

    @classmethod
    def parse(cls, opens: str, closes: str) -> "Span":
        """From two times of day; overnight when the second is the earlier one."""
        span = cls(parse_clock(opens), parse_clock(closes))
        if span.opens in (span.closes, MIDNIGHT):
            raise ValueError("Open before midnight, and close at another time. All day is 00:00 to 24:00.")
        return span

    @property
    def overnight(self) -> bool:
        """Whether the span closes on the day after the one on which it opens."""
        return self.closes < self.opens

    def covers(self, minute: float, *, days_later: int) -> bool:
        """Whether a wall-clock minute, so many days after the opening day, lies inside."""
        minute += days_later * MIDNIGHT
        closes = self.closes + MIDNIGHT if self.overnight else self.closes
        return self.opens <= minute < closes


@dataclass(frozen=True)
class OpeningHours:
    """A week of spans (index 0 is Monday) and the dates that differ from it."""

    week: tuple[tuple[Span, ...], ...]
    exceptions: Mapping[date, tuple[Span, ...]] = field(default_factory=dict)

    @classmethod
    def every_day(cls, span: Span) -> "OpeningHours":
        """The same hours on all seven days."""
        return cls(((span,),) * 7)

    def on(self, day: date) -> tuple[Span, ...]:
        """The spans that open on this date."""
        return self.exceptions.get(day, self.week[day.weekday()])

    def is_open(self, at: Instant, zone: ZoneInfo) -> bool:
        """Whether the location is open at the instant."""
        local = to_datetime(at).astimezone(zone)
        midnight = local.replace(hour=0, minute=0, second=0, microsecond=0, tzinfo=None)
        minute = (local.replace(tzinfo=None) - midnight) / timedelta(minutes=1)
        today = local.date()
        return any(
            span.covers(minute, days_later=later)
            for later in (0, 1)
            for span in self.on(today - timedelta(days=later))
        )

    def next_opening(self, at: Instant, zone: ZoneInfo) -> Instant | None:
        """The first instant after `at` at which the location is open, if one is near."""
        today = to_datetime(at).astimezone(zone).date()
        for days in range(_SEARCH_DAYS):
            day = today + timedelta(days=days)
            for opening in sorted(self._openings(day, zone)):
                if opening > at and self.is_open(opening, zone):
                    return opening
        return None

    def _openings(self, day: date, zone: ZoneInfo) -> Iterator[Instant]:
        """Instants of a date at which the location may open: by its spans, or as the clock changes."""
        for span in self.on(day):
            wall = datetime.combine(day, time(span.opens // 60, span.opens % 60), zone)
            yield from (from_datetime(wall), from_datetime(wall.replace(fold=1)))
        yield from _clock_changes(day, zone)


def _clock_changes(day: date, zone: ZoneInfo) -> Iterator[Instant]:
    """When the clock is put forward or back on that date, if it is."""
    midnight, next_midnight = (
        from_datetime(datetime.combine(d, time(), zone)) for d in (day, day + timedelta(days=1))
    )
    # A change at midnight itself belongs to the day.
    low, high = midnight - 1, next_midnight
    before = _offset(low, zone)
    if before == _offset(high, zone):
        return
    while high - low > 1:
        middle = (low + high) // 2
        if _offset(middle, zone) == before:
            low = middle
        else:
            high = middle
    yield high


def _offset(instant: Instant, zone: ZoneInfo) -> timedelta | None:
    return to_datetime(instant).astimezone(zone).utcoffset()
