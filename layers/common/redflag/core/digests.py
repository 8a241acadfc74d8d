"""When a program's next digest is due.

By the wall clock of the program's time zone: every day, on Mondays, or on the first of the month, at one
hour. An hour that daylight saving time skips counts by the offset before the gap, so a skipped two
o'clock is three o'clock; an hour that occurs twice counts once, the first time.
"""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from redflag.core.instants import Instant, from_datetime, to_datetime
from redflag.core.settings import Frequency, Notifications

_LOOKED_AT = 34
"""Days to look at, beginning with yesterday: a month, and a margin for time zones."""

_FALLS_ON: dict[Frequency, Callable[[date], bool]] = {
    Frequency.DAILY: lambda _day: True,
    Frequency.WEEKLY: lambda day: day.weekday() == 0,
    Frequency.MONTHLY: lambda day: day.day == 1,
}


def next_due(notifications: Notifications, after: Instant) -> Instant | None:
    """The first instant after `after` at which a digest is due; none for a frequency without digests."""
    falls_on = _FALLS_ON.get(notifications.frequency)
    if falls_on is None:
        return None
    zone = ZoneInfo(notifications.time_zone)
    today = to_datetime(after).astimezone(zone).date()
    days = (today + timedelta(days=n) for n in range(-1, _LOOKED_AT))
    hour = time(notifications.hour, tzinfo=zone)
    dues = (from_datetime(datetime.combine(day, hour)) for day in days if falls_on(day))
    return next(due for due in dues if due > after)
