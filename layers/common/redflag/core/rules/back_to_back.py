"""`back_to_back`: the same two members keep checking in directly after one another.

This is how an employee shows who keys in a friend's number after every customer. Both members of
the pair are judged, each by their own baseline. Source: RoboRewards' "back-to-back" red flag and
its "B check-ins" column.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated

from redflag.core.evidence import count, following_occurrence
from redflag.core.instants import DAY, MINUTE, Instant
from redflag.core.model import Finding, Following, Member, RuleName
from redflag.core.rules.definition import Chart, Over, Rule
from redflag.core.setting_types import Mode, Range

NAME = RuleName("back_to_back")


class MatchOn(StrEnum):
    """Where two check-ins are next to each other."""

    LOCATION = "location"
    POSITION = "position"


@dataclass(frozen=True)
class BackToBack:
    """Settings: `limit` times within `max_gap_minutes`, in `window_days` days of 24 hours."""

    mode: Mode = Mode.OFF
    limit: Annotated[int, Range(2, 10, "time")] = 2
    max_gap_minutes: Annotated[int, Range(1, 1440, "minute")] = 10
    window_days: Annotated[int, Range(1, 90, "day")] = 30
    match_on: MatchOn = MatchOn.LOCATION

    @property
    def max_gap(self) -> Instant:
        """The longest gap that still counts as directly, in milliseconds."""
        return self.max_gap_minutes * MINUTE


def evaluate(followings: Sequence[Following], member: Member, rule: BackToBack) -> Finding | None:
    """Judge the newest occurrence of a pair, for one of its two members.

    One that was learned of late may lie before others in time; so every window that holds it counts.
    """
    judged = followings[0]
    known = [f for f in followings if f.of(member.member_id).at > member.baseline]
    ends = sorted({f.at for f in known if f.at >= judged.at})
    windows = ([f for f in known if end - rule.window_days * DAY < f.at <= end] for end in ends)
    counted = next((w for w in windows if judged in w and len(w) >= rule.limit), None)
    if counted is None:
        return None
    where = "in the same spot" if judged.place.startswith("cell:") else "at the same location"
    return Finding(
        rule=NAME,
        trigger_id=judged.second.check_in_id,
        at=judged.at,
        sentence=f"Checked in directly before or after the same other member "
        f"{count(len(counted), 'time')} in {count(rule.window_days, 'day')}, {where} and within "
        f"{count(rule.max_gap_minutes, 'minute')}; limit {rule.limit}",
        value=len(counted),
        limit=rule.limit,
        occurrences=tuple(following_occurrence(f) for f in counted),
        location_id=None if judged.place.startswith("cell:") else judged.place,
    )


RULE = Rule(
    name=NAME,
    over=Over.PAIRS,
    settings=BackToBack,
    sentences=("limit",),
    chart=Chart("window", Over.PAIRS, days="window_days"),
)
