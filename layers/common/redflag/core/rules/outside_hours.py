"""`outside_hours`: an attempt to check in while the location is closed.

The attempt is refused and the member is flagged. Source: RoboRewards' "outside business hours" red
flag, with its override of start and end. The effective hours are the location's; if it has none,
the override, every day; if there is none either, every attempt is permitted.
"""

from dataclasses import dataclass
from typing import Annotated

from redflag.core.evidence import check_in_occurrence
from redflag.core.hours import OpeningHours, Span
from redflag.core.instants import to_datetime
from redflag.core.model import Attempt, Finding, Location, RuleName
from redflag.core.rules.definition import Over, Rule
from redflag.core.setting_types import Format, Mode

NAME = RuleName("outside_hours")


@dataclass(frozen=True)
class OutsideHours:
    """Settings: hours for locations that have none of their own, as `HH:MM`."""

    mode: Mode = Mode.OFF
    override_open: Annotated[str, Format.CLOCK] | None = None
    override_close: Annotated[str, Format.CLOCK] | None = None

    def check(self) -> None:
        """Refuse an override that is no span of hours, with a sentence."""
        if self.override_open is not None and self.override_close is not None:
            Span.parse(self.override_open, self.override_close)

    def hours(self, location: Location) -> OpeningHours | None:
        """The effective opening hours of a location."""
        if location.hours is not None:
            return location.hours
        if self.override_open is None or self.override_close is None:
            return None
        return OpeningHours.every_day(Span.parse(self.override_open, self.override_close))


def evaluate(attempt: Attempt, location: Location, rule: OutsideHours) -> Finding | None:
    """Judge an attempt by the location's wall clock."""
    hours = rule.hours(location)
    if hours is None or hours.is_open(attempt.at, location.zone):
        return None
    local = to_datetime(attempt.at).astimezone(location.zone)
    spans = hours.on(local.date())
    today = ", ".join(f"{_clock(s.opens)}-{_clock(s.closes)}" for s in spans) or "closed"
    return Finding(
        rule=NAME,
        trigger_id=attempt.check_in_id,
        at=attempt.at,
        sentence=f"Tried to check in at {local:%H:%M} on {local:%A %-d %B %Y}, when the location "
        f"was closed; hours of that day: {today}",
        value=1,
        limit=1,
        occurrences=(check_in_occurrence(attempt),),
        location_id=location.location_id,
    )


def _clock(minute: int) -> str:
    return f"{minute // 60:02d}:{minute % 60:02d}"


RULE = Rule(
    name=NAME,
    over=Over.ATTEMPTS,
    settings=OutsideHours,
    sentences=("hours",),
    together=("override_open", "override_close"),
)
