"""What a flag is counted as: by local day, location, rule and status."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from redflag.core.flags import Flag, FlagStatus
from redflag.core.instants import Instant, to_datetime
from redflag.core.model import RuleName


@dataclass(frozen=True)
class Counted:
    """What a flag is counted under. A flag without a location has no `location_id`."""

    day: date
    location_id: str | None
    rule: RuleName
    status: FlagStatus


type Numbers = Counter[Counted]
"""How many flags are counted under each."""


def counted_as(flag: Flag, zone: ZoneInfo) -> Counted:
    """What a flag is counted as; its day is that of `raised_at` in the zone."""
    return Counted(local_day(flag.raised_at, zone), flag.location_id, flag.rule, flag.status)


def local_day(at: Instant, zone: ZoneInfo) -> date:
    """The date on the calendar of a zone."""
    return to_datetime(at).astimezone(zone).date()
