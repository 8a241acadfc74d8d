"""Instants: whole milliseconds since 1970-01-01T00:00:00Z, as `int`."""

import re
from datetime import UTC, datetime, timedelta

type Instant = int

SECOND: Instant = 1_000
MINUTE: Instant = 60 * SECOND
HOUR: Instant = 60 * MINUTE
DAY: Instant = 24 * HOUR

BEGINNING: Instant = -1
"""Before every instant: the baseline of a member whose whole history counts."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_RFC_3339 = re.compile(r"\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d{1,9})?([Zz]|[+-]\d\d:\d\d)", re.ASCII)


def parse_instant(text: str) -> Instant:
    """Read an RFC 3339 instant; fractions finer than a millisecond are cut off.

    Raises `ValueError` with a sentence for people.
    """
    if not _RFC_3339.fullmatch(text):
        raise ValueError("Give an instant such as 2027-03-14T09:30:00.000Z.")
    try:
        instant = from_datetime(datetime.fromisoformat(text.upper()).astimezone(UTC))
    except (ValueError, OverflowError):
        raise ValueError("This instant does not exist in the calendar.") from None
    if instant < 0:
        raise ValueError("Instants before 1970 are not accepted.")
    return instant


def format_instant(instant: Instant) -> str:
    """RFC 3339 in UTC, with milliseconds and `Z`."""
    moment = to_datetime(instant)
    return moment.strftime("%Y-%m-%dT%H:%M:%S.") + f"{instant % 1_000:03d}Z"


def to_datetime(instant: Instant) -> datetime:
    """The same instant as an aware `datetime` in UTC."""
    return _EPOCH + timedelta(milliseconds=instant)


def from_datetime(moment: datetime) -> Instant:
    """An aware `datetime` as an instant, cut to the millisecond."""
    return (moment - _EPOCH) // timedelta(milliseconds=1)
