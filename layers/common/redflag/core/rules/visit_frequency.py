"""`visit_frequency`: too many check-ins within a rolling window.

Source: RoboRewards' "frequent visits" red flag, "more than N check-ins within N days"; here the
flag is raised on reaching the limit, and the window is `(t - days * 24 h, t]`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

from redflag.core.evidence import check_in_occurrence, count
from redflag.core.instants import DAY, Instant
from redflag.core.model import CheckIn, Finding, RuleName
from redflag.core.rules.definition import Chart, HistoryRule, NotAfter, Over
from redflag.core.setting_types import Mode, Range

NAME = RuleName("visit_frequency")


@dataclass(frozen=True)
class VisitFrequency:
    """Settings: `limit` check-ins in `window_days` days of 24 hours."""

    mode: Mode = Mode.ON
    limit: Annotated[int, Range(2, 15, "check-in")] = 5
    window_days: Annotated[int, Range(1, 90, "day")] = 7

    def window_start(self, at: Instant) -> Instant:
        """The last instant that no longer counts for a check-in at `at`."""
        return at - self.window_days * DAY


def cannot_fire_when(rule: VisitFrequency, at: Instant, _cooldown: Instant) -> Sequence[NotAfter]:
    """The rule cannot fire while the check-in that would be the first of `limit` is too old."""
    return [NotAfter(rule.limit - 1, rule.window_start(at))]


def evaluate(history: Sequence[CheckIn], rule: VisitFrequency, _cooldown: Instant) -> Finding | None:
    """Judge the newest check-in of a counted history."""
    judged = history[0]
    start = rule.window_start(judged.at)
    inside = [c for c in history if c.at > start]
    if len(inside) < rule.limit:
        return None
    return Finding(
        rule=NAME,
        trigger_id=judged.check_in_id,
        at=judged.at,
        sentence=f"{count(len(inside), 'check-in')} in {count(rule.window_days, 'day')}; limit {rule.limit}",
        value=len(inside),
        limit=rule.limit,
        occurrences=tuple(check_in_occurrence(c) for c in inside),
        location_id=judged.location_id,
    )


RULE = HistoryRule(
    name=NAME,
    over=Over.CHECK_INS,
    settings=VisitFrequency,
    sentences=("limit",),
    chart=Chart("window", Over.CHECK_INS, days="window_days"),
    evaluate=evaluate,
    cannot_fire_when=cannot_fire_when,
    looks_back=15,
)
